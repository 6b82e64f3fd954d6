package io.patchcord.provider.deepgram;

import static io.patchcord.provider.deepgram.ListenMessages.turnInfo;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.pipeline.CascadeEngine;
import io.patchcord.agent.pipeline.CascadeSettings;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import io.patchcord.agent.testing.ManualCallLoop;
import io.patchcord.agent.testing.ScriptedLlm;
import io.patchcord.agent.testing.ScriptedTts;
import io.patchcord.agent.testing.ToneSpeech;
import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.FakeSocketServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Flux as the ears of a whole cascade, without a detector: what its events bring about. */
class FluxCascadeTest {

    private static final byte[] FRAME = new byte[160];

    private final FakeSocketServer server = FakeSocketServer.start();
    private final ManualCallLoop loop = new ManualCallLoop();
    private final ScriptedLlm llm = new ScriptedLlm();
    private final List<S2sEvent> events = new ArrayList<>();
    private final CascadeEngine engine = new CascadeEngine(
            Ears.engine(server, "flux-general-en"),
            llm,
            new ScriptedTts(new ToneSpeech()),
            Optional.empty(),
            CascadeSettings.defaults());
    private S2sSession session;
    private FakeConnection flux;
    private int sequence;

    @BeforeEach
    void call() {
        llm.when("hours", "We open at nine.").when("", "What?");
        session = engine.open(
                new S2sRequest(
                        "call-1",
                        loop,
                        AudioFormat.ALAW_8K,
                        AudioFormat.ALAW_8K,
                        "",
                        Optional.of(""),
                        "en",
                        Optional.empty(),
                        List.of(),
                        List.of()),
                events::add);
        loop.runPending();
        session.sendAudio(AudioFrame.of(AudioFormat.ALAW_8K, FRAME));
        flux = server.awaitConnection(0);
        until(() -> !flux.binaries().isEmpty());
    }

    @AfterEach
    void hangUp() {
        session.close();
        engine.close();
        server.close();
        assertThat(events).noneMatch(S2sEvent.Failed.class::isInstance);
    }

    @Test
    void callsAudio_isNotTranscoded() {
        assertThat(flux.query()).containsEntry("encoding", List.of("alaw"));
        assertThat(flux.binaries().get(0)).isEqualTo(FRAME);
    }

    @Test
    void eagerEnd_preparesTheAnswer_whichIsHeardAtTheRealOne() {
        tell("StartOfTurn", "What are");
        tell("EagerEndOfTurn", "What are your hours?");
        until(() -> llm.histories().size() == 1);
        loop.advance(Duration.ofMillis(200));
        assertThat(all(S2sEvent.ResponseStarted.class)).isEmpty();

        tell("EndOfTurn", "What are your hours?");
        until(() -> !all(S2sEvent.ResponseStarted.class).isEmpty());
        loop.advance(Duration.ofMillis(200));

        assertThat(all(S2sEvent.ResponseAudio.class)).isNotEmpty();
        assertThat(llm.histories()).hasSize(1);
        assertThat(llm.discarded()).isEmpty();
    }

    @Test
    void resumedTurn_takesTheAnswerBack() {
        tell("StartOfTurn", "Tell me");
        tell("EagerEndOfTurn", "Tell me.");
        until(() -> llm.histories().size() == 1);
        tell("TurnResumed", "Tell me your");
        until(() -> !llm.discarded().isEmpty());
        tell("EagerEndOfTurn", "Tell me your hours.");
        tell("EndOfTurn", "Tell me your hours.");
        until(() -> !all(S2sEvent.ResponseStarted.class).isEmpty());
        loop.advance(Duration.ofSeconds(1));

        assertThat(llm.discarded()).containsExactly("Tell me.");
        assertThat(all(S2sEvent.ResponseText.class))
                .extracting(S2sEvent.ResponseText::text)
                .containsExactly("We open at nine.");
        assertThat(all(S2sEvent.InputTranscript.class))
                .filteredOn(S2sEvent.InputTranscript::isFinal)
                .extracting(S2sEvent.InputTranscript::text)
                .containsExactly("Tell me your hours.");
    }

    @Test
    void connectionThatBreaksInATurn_isMadeAgain_andHearsTheTurnFromItsBeginning() {
        int begun = 10;
        for (int i = 0; i < begun; i++) {
            sendFrame((byte) i);
        }
        tell("StartOfTurn", "What are");
        until(() -> !all(S2sEvent.InputTranscript.class).isEmpty());
        flux.reset();
        until(() -> {
            sendFrame((byte) 0x55);
            return server.connections().size() == 2
                    && server.connections().get(1).binaries().size() > begun + 5;
        });
        assertThat(List.copyOf(server.connections().get(1).binaries()).subList(0, begun + 2))
                .extracting(frame -> frame[0])
                .containsSubsequence((byte) 1, (byte) 2, (byte) 8, (byte) 9, (byte) 0x55);
        flux = server.awaitOpen(1);
        sequence = 0;
        tell("EndOfTurn", "What are your hours?");
        until(() -> all(S2sEvent.ResponseText.class).stream()
                .anyMatch(text -> text.text().equals("We open at nine.")));
        assertThat(all(S2sEvent.InputTranscript.class))
                .filteredOn(S2sEvent.InputTranscript::isFinal)
                .extracting(S2sEvent.InputTranscript::text)
                .containsExactly("What are your hours?");
    }

    private void sendFrame(byte value) {
        byte[] frame = FRAME.clone();
        frame[0] = value;
        session.sendAudio(AudioFrame.of(AudioFormat.ALAW_8K, frame));
        loop.advance(Duration.ofMillis(20));
    }

    private void tell(String event, String text) {
        flux.sendText(turnInfo(sequence++, 0, event, text));
    }

    private <T> List<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private void until(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("waited for in vain; events: %s", events)
                    .isLessThan(end);
            loop.advance(Duration.ofMillis(1));
            LockSupport.parkNanos(100_000);
        }
    }
}
