package io.patchcord.provider.deepgram.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.contract.S2sOrder;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sListener;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.ToolSpec;
import io.patchcord.agent.testing.ManualCallLoop;
import io.patchcord.provider.deepgram.testing.TimedLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** A session in virtual time, with the service in the test's hands. */
abstract class AgentTest {

    static final Duration PTIME = Duration.ofMillis(20);
    static final ToolSpec HANG_UP = new ToolSpec("hang_up", "End the call.", "{\"type\":\"object\",\"properties\":{}}");

    final ManualCallLoop loop = new ManualCallLoop();
    private final TimedLoop timed = new TimedLoop(loop);
    final ScriptedService service = new ScriptedService();
    final List<S2sEvent> events = new ArrayList<>();
    private final Map<String, String> settings = new HashMap<>(Map.of("DEEPGRAM_API_KEY", "secret-key"));
    private S2sListener reaction = event -> {};
    private AudioFormat ofCall = AudioFormat.SLIN_8K;
    DeepgramAgentSession session;

    @AfterEach
    void orderOfEventsWasKept_andNothingIsLeft() {
        S2sOrder.check(events);
        if (session != null) {
            session.close();
            assertThat(timed.pending()).as("timers").isZero();
            assertThat(service.allAreEnded()).isTrue();
        }
    }

    void set(String name, String value) {
        settings.put(name, value);
    }

    /** The call's format, instead of linear samples. */
    void set(AudioFormat format) {
        ofCall = format;
    }

    AgentConfig config() {
        return AgentConfig.read(ProviderConfig.of(settings));
    }

    /** What the core does on an event, from within. */
    void onEvent(S2sListener listener) {
        reaction = listener;
    }

    /** Opens a session that is told to greet with {@code Hello.} and waits for the service. */
    void open(ConversationItem... history) {
        open("Hello.", history);
    }

    void open(String greeting, ConversationItem... history) {
        S2sRequest request = new S2sRequest(
                "call-1",
                timed,
                ofCall,
                ofCall,
                "Be brief.",
                Optional.of(greeting),
                "en",
                Optional.empty(),
                List.of(HANG_UP),
                List.of(history));
        session = new DeepgramAgentSession(config(), service, request, event -> {
            events.add(event);
            reaction.onEvent(event);
        });
    }

    /** A session whose service is ready. */
    ScriptedService.Line ready(ConversationItem... history) {
        open(history);
        return service.accept();
    }

    /** A session that goes on with a conversation, so that there is no greeting. */
    ScriptedService.Line inConversation() {
        return ready(new ConversationItem.AgentSaid("Hello.", false));
    }

    /** The caller speaks, or is silent, in real time. */
    void callerSends(boolean speech, Duration length) {
        for (long frames = length.toMillis() / PTIME.toMillis(); frames > 0; frames--) {
            session.sendAudio(frame(speech));
            loop.advance(PTIME);
        }
    }

    static AudioFrame frame(boolean speech) {
        byte[] data = new byte[320];
        if (speech) {
            Arrays.fill(data, (byte) 0x10);
        }
        return AudioFrame.of(AudioFormat.SLIN_8K, data);
    }

    /** The events as short lines; audio in milliseconds, marks left out. */
    List<String> told() {
        List<String> lines = new ArrayList<>();
        for (S2sEvent event : events) {
            if (event instanceof S2sEvent.ResponseAudio audio) {
                lines.add("audio " + audio.responseId() + " "
                        + audio.audio().duration().toMillis());
            } else if (event instanceof S2sEvent.ResponseText text) {
                lines.add("text " + text.responseId() + " " + text.text());
            } else if (event instanceof S2sEvent.ResponseStarted response) {
                lines.add("started " + response.responseId());
            } else if (event instanceof S2sEvent.ResponseDone response) {
                lines.add("done " + response.responseId());
            } else if (event instanceof S2sEvent.InputTranscript words) {
                lines.add("caller " + words.text());
            } else if (event instanceof S2sEvent.ToolCall tool) {
                lines.add("tool " + tool.callId() + " " + tool.name() + " " + tool.arguments());
            } else if (event instanceof S2sEvent.Failed failure) {
                lines.add("failed " + failure.error().kind());
            } else if (!(event instanceof S2sEvent.LatencyMark)) {
                lines.add(event.getClass().getSimpleName());
            }
        }
        return lines;
    }

    S2sEvent.Failed failure() {
        return events.stream()
                .filter(S2sEvent.Failed.class::isInstance)
                .map(S2sEvent.Failed.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no failure in " + told()));
    }

    /** The service has said its greeting. */
    static void greeted(ScriptedService.Line line) {
        line.agentSays("Hello.");
        line.speaks(500);
        line.says("{'type':'AgentAudioDone'}");
    }

    /** The conversation that a connection was told, each entry behind its role. */
    static List<String> history(ScriptedService.Line line) {
        JsonNode messages = line.settings().at("/agent/context/messages");
        return Stream.iterate(0, i -> i < messages.size(), i -> i + 1)
                .map(messages::get)
                .map(message -> message.path("role").asText() + " "
                        + message.path("content").asText())
                .toList();
    }
}
