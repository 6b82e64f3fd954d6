package io.patchcord.openai.compatible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.spi.LlmRequest;
import io.patchcord.agent.spi.LlmSession;
import io.patchcord.agent.spi.ToolSpec;
import io.patchcord.agent.testing.ThreadCallLoop;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    private static final ToolSpec HANG_UP = new ToolSpec("hang_up", "End the call.", "{\"type\":\"object\"}");

    private final FakeChatServer server = new FakeChatServer();
    private final ThreadCallLoop loop = new ThreadCallLoop();

    @AfterEach
    void stop() {
        loop.close();
        server.close();
    }

    @Test
    void engine_asksForOneTokenWhenItIsMade() throws Exception {
        try (ChatCompletionsEngine made = builder().warmUp(true).build()) {
            assertThat(made.description()).startsWith("a-model");
            await().until(() -> !server.bodies().isEmpty());

            JsonNode body = Json.MAPPER.readTree(server.bodies().get(0));
            assertThat(body.path("max_tokens").asInt()).isEqualTo(1);
            assertThat(body.path("model").asText()).isEqualTo("a-model");
            assertThat(body.at("/messages/0/role").asText()).isEqualTo("user");
        }
    }

    @Test
    void engineThatIsNotToDoIt_asksNothing() throws Exception {
        try (ChatCompletionsEngine engine = builder().build()) {
            open(engine);
            engine.check().handle((models, refusal) -> true).join();

            assertThat(server.requests())
                    .extracting(request -> request.getUrl().encodedPath())
                    .containsExactly("/v1/models");
        }
    }

    /** The first one is refused here, and so does not count. */
    @Test
    void call_asksAgain_withItsInstructionsAndTools_unlessThatWasDoneLately() throws Exception {
        server.answers(FakeChatServer.refusal(503, "loading"));
        try (ChatCompletionsEngine engine = builder().warmUp(true).build()) {
            await().until(() -> server.bodies().size() == 1);
            server.answers(FakeChatServer.stream(FakeChatServer.HELLO));

            await().until(() -> {
                open(engine);
                return server.bodies().size() == 2;
            });
            open(engine);
            engine.check().handle((models, refusal) -> true).join();

            JsonNode second = Json.MAPPER.readTree(server.bodies().get(1));
            assertThat(second.at("/messages/0/content").asText()).isEqualTo("Be brief.");
            assertThat(second.at("/tools/0/function/name").asText()).isEqualTo("hang_up");
            assertThat(server.requests()).hasSize(3);
        }
    }

    private ChatCompletionsEngine.Builder builder() {
        return ChatCompletionsEngine.builder(server.uri(), "a-model");
    }

    private void open(ChatCompletionsEngine engine) {
        LlmSession session =
                loop.call(() -> engine.open(new LlmRequest("c1", loop, "Be brief.", "en", List.of(HANG_UP))));
        loop.run(session::close);
    }
}
