package io.patchcord.provider.deepgram.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.AgentProfile;
import io.patchcord.agent.CallContext;
import io.patchcord.agent.CallControl;
import io.patchcord.agent.CallEvent;
import io.patchcord.agent.CallSession;
import io.patchcord.agent.VoiceAgent;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.testing.FakeMediaPort;
import io.patchcord.agent.testing.ThreadCallLoop;
import io.patchcord.agent.testing.ToneSpeech;
import io.patchcord.agent.tool.Tools;
import io.patchcord.provider.deepgram.testing.FakeAgentScript;
import io.patchcord.provider.deepgram.testing.FakeVoiceAgentServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of the core, in real time, with a Voice Agent at the other end: what the caller hears, and when. */
class WholeCallTest {

    private static final Duration PTIME = Duration.ofMillis(20);
    private static final String GREETING =
            "Hello, this is Miller and Sons, and I have a lot to tell you about us today.";
    private static final CallContext CALL =
            new CallContext("c1", CallContext.Arrival.STASIS, "1.1", "100", "Ann", "2000", "deepgram", "test");

    private final FakeVoiceAgentServer server = FakeVoiceAgentServer.start(new FakeAgentScript()
            .hears("Stop, please.", "That is all.")
            .answers(heard -> List.of("Yes?"))
            .callsTool(2, "hang_up", "{}"));
    private final S2sEngine engine = new DeepgramAgentProvider()
            .create(ProviderConfig.of(Map.of(
                    "DEEPGRAM_API_KEY",
                    "key",
                    "DEEPGRAM_AGENT_URL",
                    server.uri().toString())));
    private final ThreadCallLoop loop = new ThreadCallLoop();
    private final FakeMediaPort port = new FakeMediaPort();
    private final List<CallEvent> events = new CopyOnWriteArrayList<>();
    private final List<String> control = new CopyOnWriteArrayList<>();
    private final AudioFrame speech = new ToneSpeech().speak(8_000, "stop stop stop");
    private int spoken;
    private boolean speaking;

    @AfterEach
    void stop() {
        engine.close();
        loop.close();
        server.close();
        assertThat(loop.failures()).isEmpty();
    }

    @Test
    void callerInterruptsTheGreeting_isAnswered_andIsHungUpOn() {
        AgentProfile profile = AgentProfile.builder("test").greeting(GREETING).build();
        VoiceAgent agent = new VoiceAgent(engine, profile, Tools.builtIn(), (call, event) -> events.add(event));
        CallSession session = loop.call(() -> {
            CallSession made = agent.newCall(CALL, loop, port, new Control());
            made.start();
            made.live();
            return made;
        });
        loop.execute(this::sendNextFrame);

        Awaitility.await().until(() -> heardMillis() > 500);
        say();
        CallEvent.Interrupted interrupted = await(CallEvent.Interrupted.class);
        assertThat(interrupted.playedOut()).isBetween(Duration.ofMillis(500), Duration.ofMillis(2_500));
        assertThat(await(CallEvent.CallerSaid.class).text()).isEqualTo("Stop, please.");
        CallEvent.Answered answered = await(CallEvent.Answered.class);
        assertThat(answered.latency().total()).isBetween(Duration.ofMillis(300), Duration.ofMillis(2_500));
        Awaitility.await().until(() -> said("Yes?"));

        Awaitility.await().until(() -> loop.call(() -> spoken >= speech.data().length));
        say();
        CallEvent.Ended ended = await(CallEvent.Ended.class);
        assertThat(ended.reason()).isEqualTo(CallEvent.EndReason.AGENT_HUNG_UP);
        assertThat(control).containsExactly("hangUp");
        assertThat(server.calls().get(0).errors()).isEmpty();
        server.calls().get(0).connection().awaitEnd();
        assertThat(server.calls().get(0).connection().closeCode()).isEqualTo(1000);
        loop.run(() -> session.end(CallEvent.EndReason.SHUTDOWN));
    }

    private void say() {
        loop.run(() -> {
            spoken = 0;
            speaking = true;
        });
    }

    /** The caller's side, a frame every 20 ms. */
    private void sendNextFrame() {
        AudioFrame frame = AudioFrame.silence(AudioFormat.SLIN_8K, PTIME);
        if (speaking && spoken < speech.data().length) {
            frame = AudioFrame.of(AudioFormat.SLIN_8K, Arrays.copyOfRange(speech.data(), spoken, spoken + 320));
            spoken += 320;
        }
        port.callerSends(frame);
        if (!port.isClosed()) {
            loop.schedule(PTIME, this::sendNextFrame);
        }
    }

    private long heardMillis() {
        return loop.call(() -> port.sentSpeech().size() * PTIME.toMillis());
    }

    private boolean said(String text) {
        return events.stream()
                .anyMatch(event -> event instanceof CallEvent.AgentSaid words
                        && words.text().equals(text));
    }

    private <E extends CallEvent> E await(Class<E> type) {
        Awaitility.await().until(() -> events.stream().anyMatch(type::isInstance));
        return events.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    private final class Control implements CallControl {
        @Override
        public void hangUp() {
            control.add("hangUp");
        }

        @Override
        public void transfer(String destination) {
            control.add("transfer " + destination);
        }

        @Override
        public void giveUp() {
            control.add("giveUp");
        }
    }
}
