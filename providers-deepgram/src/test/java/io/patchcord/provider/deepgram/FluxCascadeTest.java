package io.patchcord.provider.deepgram;

import static io.patchcord.provider.deepgram.ListenMessages.turnInfo;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.provider.socket.testing.FakeConnection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Flux as the ears of a whole cascade, without a detector: what its events bring about. */
class FluxCascadeTest {

    private static final int VALUE = 0x11;

    private final ListeningCall call = new ListeningCall(ListenModel.FLUX);
    private FakeConnection flux;
    private int sequence;

    @BeforeEach
    void firstFrame() {
        call.sendFrame(VALUE);
        flux = call.heardBy(0);
    }

    @AfterEach
    void hangUp() {
        call.close();
    }

    @Test
    void callsAudio_isNotTranscoded() {
        assertThat(flux.query()).containsEntry("encoding", List.of("alaw"));
        assertThat(flux.binaries().get(0)).hasSize(ListeningCall.FRAME_BYTES).containsOnly(VALUE);
    }

    @Test
    void eagerEnd_preparesTheAnswer_whichIsHeardAtTheRealOne() {
        tell("StartOfTurn", "What are");
        tell("EagerEndOfTurn", "What are your hours?");
        call.until(() -> call.llm.histories().size() == 1);
        call.loop.advance(Duration.ofMillis(200));
        assertThat(call.all(S2sEvent.ResponseStarted.class)).isEmpty();

        tell("EndOfTurn", "What are your hours?");
        call.until(() -> !call.all(S2sEvent.ResponseStarted.class).isEmpty());
        call.loop.advance(Duration.ofMillis(200));

        assertThat(call.all(S2sEvent.ResponseAudio.class)).isNotEmpty();
        assertThat(call.llm.histories()).hasSize(1);
        assertThat(call.llm.discarded()).isEmpty();
    }

    @Test
    void resumedTurn_takesTheAnswerBack() {
        tell("StartOfTurn", "Tell me");
        tell("EagerEndOfTurn", "Tell me.");
        call.until(() -> call.llm.histories().size() == 1);
        tell("TurnResumed", "Tell me your");
        call.until(() -> !call.llm.discarded().isEmpty());
        tell("EagerEndOfTurn", "Tell me your hours.");
        tell("EndOfTurn", "Tell me your hours.");
        call.until(() -> !call.all(S2sEvent.ResponseStarted.class).isEmpty());
        call.loop.advance(Duration.ofSeconds(1));

        assertThat(call.llm.discarded()).containsExactly("Tell me.");
        assertThat(call.all(S2sEvent.ResponseText.class))
                .extracting(S2sEvent.ResponseText::text)
                .containsExactly("We open at nine.");
        assertThat(call.all(S2sEvent.InputTranscript.class))
                .filteredOn(S2sEvent.InputTranscript::isFinal)
                .extracting(S2sEvent.InputTranscript::text)
                .containsExactly("Tell me your hours.");
    }

    private void tell(String event, String text) {
        flux.sendText(turnInfo(sequence++, 0, event, text));
    }
}
