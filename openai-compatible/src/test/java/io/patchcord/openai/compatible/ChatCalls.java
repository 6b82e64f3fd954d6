package io.patchcord.openai.compatible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.LlmListener;
import io.patchcord.agent.spi.LlmRequest;
import io.patchcord.agent.spi.LlmSession;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ToolSpec;
import io.patchcord.agent.testing.ThreadCallLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

/** A dialogue with a chat server that does what the test says, and what was told of its answer. */
abstract class ChatCalls {

    static final ToolSpec HANG_UP = new ToolSpec("hang_up", "End the call.", "{\"type\":\"object\",\"properties\":{}}");

    final FakeChatServer server = new FakeChatServer();
    final ThreadCallLoop loop = new ThreadCallLoop();
    final List<String> told = new CopyOnWriteArrayList<>();
    final List<ProviderException> failures = new CopyOnWriteArrayList<>();
    final ChatCompletionsEngine engine = ChatCompletionsEngine.builder(server.uri(), "a-model")
            .apiKey("secret-key")
            .timeout(Duration.ofSeconds(1))
            .build();

    @AfterEach
    void stop() {
        engine.close();
        loop.close();
        server.close();
        assertThat(loop.failures()).isEmpty();
    }

    LlmSession.Generation ask(ConversationItem... history) {
        return ask(
                loop.call(() -> engine.open(new LlmRequest("c1", loop, "Be brief.", "en", List.of(HANG_UP)))), history);
    }

    LlmSession.Generation ask(LlmSession session, ConversationItem... history) {
        return loop.call(() -> session.respond(List.of(history), new Told()));
    }

    private final class Told implements LlmListener {

        @Override
        public void onText(String delta) {
            told.add(delta);
        }

        @Override
        public void onToolCall(String callId, String name, Map<String, Object> arguments) {
            assertThat(callId).isNotBlank();
            told.add("tool " + name + " " + arguments);
        }

        @Override
        public void onDone() {
            told.add("done");
        }

        @Override
        public void onFailed(ProviderException error) {
            failures.add(error);
            told.add("failed");
        }
    }

    List<String> awaitEnd() {
        await().until(() -> told.contains("done") || told.contains("failed"));
        return told;
    }
}
