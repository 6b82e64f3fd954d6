package io.patchcord.provider.deepgram;

import static io.patchcord.provider.deepgram.ListenMessages.fromFinalize;
import static io.patchcord.provider.deepgram.ListenMessages.interim;
import static io.patchcord.provider.deepgram.ListenMessages.isFinal;
import static io.patchcord.provider.deepgram.ListenMessages.turnInfo;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.SttEvent.EndOfTurn;
import io.patchcord.agent.spi.SttEvent.Final;
import io.patchcord.agent.spi.SttEvent.Interim;
import io.patchcord.agent.spi.SttEvent.SpeechStarted;
import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.HandshakeAnswer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ends of turns that we ask for, and of the stream. */
class ListenFinishTest extends ListenTest {

    @Test
    void finish_asksForTheRest_afterTheAudio() {
        ears = new Ears(NOVA, "DEEPGRAM_STT_ENDPOINTING=off");
        FakeConnection connection = ears.connected();
        ears.sendFrame();
        ears.session.finish();
        connection.awaitText("Finalize");
        assertThat(connection.messages()).hasSize(3).last().isEqualTo("{\"type\":\"Finalize\"}");
        connection.sendText(isFinal(0, 1, "What are your"));
        connection.sendText(fromFinalize(1, 0.5, "hours?"));

        ears.expect(
                new SpeechStarted(),
                new Final("What are your"),
                new Final("hours?"),
                new EndOfTurn("What are your hours?"));
        ears.loop.advance(Duration.ofSeconds(5));
        assertThat(ears.events).hasSize(4);
    }

    @Test
    void finishWhileItConnects_asksForTheRest_afterAllThatWasSaid() {
        ears = new Ears(NOVA, "DEEPGRAM_STT_ENDPOINTING=off");
        ears.server.answerNext(HandshakeAnswer.hold());
        for (int i = 0; i < 5; i++) {
            ears.sendFrame();
        }
        ears.session.finish();
        FakeConnection connection = ears.server.awaitConnection(0);
        connection.accept();
        ears.until(() -> !connection.binaries().isEmpty());
        assertThat(connection.texts()).isEmpty();
        ears.loop.advance(Ears.PTIME);
        connection.awaitText("Finalize");

        assertThat(connection.messages()).hasSize(6).last().isEqualTo("{\"type\":\"Finalize\"}");
    }

    @Test
    void finishThatIsNotAnswered_endsTheTurnAllTheSame() {
        ears = new Ears(NOVA, "DEEPGRAM_STT_ENDPOINTING=off");
        FakeConnection connection = ears.connected();
        connection.sendText(interim(0, 1, "hello"));
        ears.until(() -> ears.events.size() == 2);
        ears.session.finish();
        ears.loop.advance(Duration.ofSeconds(2));

        ears.expect(new SpeechStarted(), new Interim("hello"), new EndOfTurn("hello"));
    }

    @Test
    void finishWithoutAConnection_endsAnEmptyTurn() {
        ears = new Ears(NOVA, "DEEPGRAM_STT_ENDPOINTING=off");
        ears.session.finish();
        assertThat(ears.events).isEmpty();

        ears.expect(new EndOfTurn(""));
        assertThat(ears.server.connections()).isEmpty();
    }

    @Test
    void finishOfAFluxTurn_forcesItsEnd() {
        ears = new Ears(FLUX);
        FakeConnection connection = ears.connected();
        connection.sendText(turnInfo(1, 0, "StartOfTurn", "Hello"));
        ears.until(() -> ears.events.size() == 2);
        ears.session.finish();
        connection.awaitText("ForceEndTurn");
        connection.sendText(turnInfo(2, 0, "EndOfTurn", "Hello."));

        ears.expect(new SpeechStarted(), new Interim("Hello"), new EndOfTurn("Hello."));
    }

    @ParameterizedTest
    @EnumSource
    void close_endsTheStreamInOrder_andNothingIsHeardAfterIt(ListenModel listen) {
        ears = new Ears(listen.model);
        FakeConnection connection = ears.connected();
        ears.session.close();
        connection.sendText(listen.endOfTurn("Hello."));
        connection.awaitEnd();
        ears.sendFrame();
        ears.session.finish();
        ears.loop.advance(Duration.ofMinutes(1));

        assertThat(ears.events).isEmpty();
        assertThat(connection.texts()).containsExactly("{\"type\":\"CloseStream\"}");
        assertThat(connection.closeCode()).isEqualTo(1000);
        assertThat(ears.server.connections()).hasSize(1);
    }
}
