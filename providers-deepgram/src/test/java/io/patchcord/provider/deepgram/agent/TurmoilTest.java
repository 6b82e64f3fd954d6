package io.patchcord.provider.deepgram.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.contract.MessageTurmoil;
import io.patchcord.agent.contract.S2sTurmoil;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.S2sCapabilities;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sListener;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import io.patchcord.agent.testing.ManualCallLoop;
import io.patchcord.provider.socket.SocketEnd;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the Voice Agent says, and whenever: the session keeps its rules, and ends when it is closed. */
class TurmoilTest {

    private static final int RUNS = 300;

    private static final List<String> PATTERNS = List.of(
            "{\"type\":\"Welcome\",\"request_id\":\"<q>\"}",
            "{\"type\":\"SettingsApplied\"}",
            "{\"type\":\"UserStartedSpeaking\"}",
            "{\"type\":\"UserStartedSpeaking\"}",
            "{\"type\":\"AgentThinking\",\"content\":\"<W>\"}",
            "{\"type\":\"AgentStartedSpeaking\",\"total_latency\":0.7,\"tts_latency\":0.3,\"ttt_latency\":0.4}",
            "{\"type\":\"AgentAudioDone\"}",
            "{\"type\":\"AgentAudioDone\"}",
            "{\"type\":\"ConversationText\",\"role\":\"user\",\"content\":\"<W>\"}",
            "{\"type\":\"ConversationText\",\"role\":\"user\",\"content\":\"(The caller pressed 1 # on the keypad.)\"}",
            "{\"type\":\"ConversationText\",\"role\":\"assistant\",\"content\":\"<W>\"}",
            "{\"type\":\"ConversationText\",\"role\":\"assistant\",\"content\":\"<W>\"}",
            "{\"type\":\"FunctionCallRequest\",\"functions\":[{\"id\":\"<c>\",\"name\":\"book\",\"arguments\":\"{}\","
                    + "\"client_side\":true}]}",
            "{\"type\":\"FunctionCallRequest\",\"functions\":[{\"id\":\"<c>\",\"name\":\"book\",\"arguments\":\"[1]\","
                    + "\"client_side\":false},{\"id\":\"<c>\",\"name\":\"other\",\"arguments\":\"\",\"client_side\":true}]}",
            "{\"type\":\"FunctionCallCancelled\",\"functions\":[{\"id\":\"<c>\",\"name\":\"book\"}]}",
            "{\"type\":\"InjectionRefused\",\"message\":\"<W>\"}",
            "{\"type\":\"PromptUpdated\"}",
            "{\"type\":\"SpeakUpdated\"}",
            "{\"type\":\"History\",\"role\":\"user\",\"content\":\"<W>\"}",
            "{\"type\":\"Warning\",\"code\":\"<W>\",\"description\":\"<W>\"}",
            "{\"type\":\"OfNextYear\",\"content\":<N>}");

    private final ManualCallLoop loop = new ManualCallLoop();
    private final ScriptedService service = new ScriptedService();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, RUNS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anythingAtAnyTime(long seed) {
        Random random = new Random(seed);
        MessageTurmoil messages = new MessageTurmoil(random, PATTERNS);

        S2sTurmoil.run(random, loop, new Engine(), () -> disturb(random, messages));

        assertThat(service.connections()).as("seed %d", seed).isPositive();
        assertThat(service.allAreEnded()).as("seed %d", seed).isTrue();
    }

    private void disturb(Random random, MessageTurmoil messages) {
        ScriptedService.Line line = service.line();
        if (!line.isOpen()) {
            if (!line.isOver()) {
                service.accept();
            }
        } else if (random.nextInt(150) == 0) {
            line.ends(random.nextBoolean() ? new SocketEnd.Lost("reset") : new SocketEnd.ClosedByPeer(1011, "oops"));
        } else if (random.nextInt(150) == 0) {
            line.says("{'type':'Error','code':'FAILED_TO_THINK','description':'no'}");
        } else if (random.nextInt(3) == 0) {
            line.speaks(new byte[random.nextInt(random.nextInt(20) == 0 ? 50_000 : 900)]);
        } else {
            line.saysAsItIs(messages.next());
        }
    }

    private final class Engine implements S2sEngine {

        @Override
        public String description() {
            return "the Voice Agent in turmoil";
        }

        @Override
        public S2sCapabilities capabilities() {
            return new S2sCapabilities(true, true, true);
        }

        @Override
        public S2sSession open(S2sRequest request, S2sListener listener) {
            AgentConfig config = AgentConfig.read(ProviderConfig.of(Map.of("DEEPGRAM_API_KEY", "secret-key")));
            return new DeepgramAgentSession(config, service, request, listener);
        }

        @Override
        public void close() {}
    }
}
