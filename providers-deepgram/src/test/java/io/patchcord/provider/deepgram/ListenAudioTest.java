package io.patchcord.provider.deepgram;

import static io.patchcord.provider.deepgram.ListenMessages.interim;
import static io.patchcord.provider.deepgram.ListenMessages.speechFinal;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.SttEvent;
import io.patchcord.agent.spi.SttEvent.EndOfTurn;
import io.patchcord.agent.spi.SttEvent.Final;
import io.patchcord.agent.spi.SttEvent.Interim;
import io.patchcord.agent.spi.SttEvent.SpeechStarted;
import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.HandshakeAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The caller's audio on its way to Listen, and the pauses in it. */
class ListenAudioTest extends ListenTest {

    @ParameterizedTest
    @CsvSource({"ULAW, 8000, mulaw", "ALAW, 8000, alaw", "SLIN, 8000, linear16", "SLIN, 16000, linear16"})
    void callsAudio_goesOutAsItIs_aFrameForAFrame(AudioFormat.Encoding encoding, int rate, String name) {
        ears = new Ears(new AudioFormat(encoding, rate), "en", NOVA);
        FakeConnection connection = ears.connected();
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sent.add(ears.sendFrame());
        }

        connection.await("all frames", self -> self.binaries().size() == 21);
        assertThat(connection.binaries().subList(1, 21)).containsExactlyElementsOf(sent);
        assertThat(connection.query())
                .containsEntry("encoding", List.of(name))
                .containsEntry("sample_rate", List.of(String.valueOf(rate)));
    }

    @Test
    void nobodySpeaks_nobodyIsConnected() {
        ears = new Ears(NOVA);
        ears.loop.advance(Duration.ofMinutes(1));
        ears.session.close();

        assertThat(ears.server.connections()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSaidWhileItConnects_isCaughtUpWith_byTheClock(ListenModel listen) {
        ears = new Ears(listen.model);
        ears.server.answerNext(HandshakeAnswer.hold());
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            sent.add(ears.sendFrame());
        }
        FakeConnection connection = opened();
        for (int i = 0; i < 800; i++) {
            sent.add(ears.sendFrame());
        }
        connection.await("five frames for every four", self -> self.binaries().size() >= 1_000);
        assertThat(connection.binaries()).hasSizeLessThanOrEqualTo(1_000 + 4);
        for (int i = 0; i < 800; i++) {
            sent.add(ears.sendFrame());
        }

        connection.await("all frames", self -> self.binaries().size() == sent.size());
        assertThat(connection.binaries()).containsExactlyElementsOf(sent);
    }

    @ParameterizedTest
    @EnumSource
    void turnThatIsHeardAgain_isSentWhole_upToHalfAMinute(ListenModel listen) {
        ears = new Ears(listen.model);
        ears.server.answerNext(HandshakeAnswer.hold());
        List<byte[]> turn = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            turn.add(ears.sendFrameAtOnce());
        }
        FakeConnection connection = opened();
        ears.loop.advance(Duration.ofSeconds(24));

        connection.await("the turn", self -> self.binaries().size() == turn.size());
        assertThat(connection.binaries()).containsExactlyElementsOf(turn);
    }

    @ParameterizedTest
    @EnumSource
    void turnThatIsHeardAgain_afterAQuickHandshake_isSentByTheClockAsWell(ListenModel listen) {
        ears = new Ears(listen.model);
        FakeConnection connection = ears.connected();
        for (int i = 0; i < 200; i++) {
            ears.sendFrameAtOnce();
        }
        ears.loop.advance(Duration.ofSeconds(1));
        connection.await("a second, and a quarter", self -> self.binaries().size() >= 62);
        // What the opening lets out, the first frame's share, and five quarters of a second.
        assertThat(connection.binaries()).hasSizeLessThanOrEqualTo(4 + 2 + 62);

        ears.loop.advance(Duration.ofSeconds(3));
        connection.await("all frames", self -> self.binaries().size() == 201);
    }

    @Test
    void words_comeAsEvents() {
        ears = new Ears(NOVA);
        FakeConnection connection = ears.connected();
        connection.sendText(interim(0, 1, "hello"));
        connection.sendTextInFragments(speechFinal(0, 1.2, "Grüß Gott, 你好."), 3);

        ears.expect(
                new SpeechStarted(),
                new Interim("hello"),
                new Final("Grüß Gott, 你好."),
                new EndOfTurn("Grüß Gott, 你好."));
    }

    @Test
    void nova_isKeptAlive_whileNoAudioFlows_andOnlyThen() {
        ears = new Ears(NOVA);
        FakeConnection connection = ears.connected();
        for (int i = 0; i < 500; i++) {
            ears.sendFrame();
        }
        connection.await("the audio", self -> self.binaries().size() == 501);
        assertThat(connection.texts()).isEmpty();

        ears.loop.advance(Duration.ofSeconds(13));

        connection.await("three messages", self -> self.texts().size() == 3);
        assertThat(connection.texts()).containsOnly("{\"type\":\"KeepAlive\"}");
        assertThat(connection.binaries()).hasSize(501);
    }

    @Test
    void flux_isKeptAliveBySilence() {
        ears = new Ears(FLUX);
        FakeConnection connection = ears.connected();

        ears.loop.advance(Duration.ofSeconds(9));

        connection.await("silence", self -> self.binaries().size() == 3);
        assertThat(connection.texts()).isEmpty();
        assertThat(connection.binaries().get(2)).hasSize(160).containsOnly(0xFF);
    }

    @ParameterizedTest
    @EnumSource
    void connectionThatEndsInAPause_isMadeAgain_unnoticed(ListenModel listen) {
        ears = new Ears(listen.model);
        FakeConnection first = ears.connected();
        ears.loop.advance(Duration.ofSeconds(30));
        first.close(1011, "NET-0001");
        first.awaitEnd();

        // Whether the call knows of it yet or not.
        FakeConnection second = ears.connected(1);
        second.sendText(listen.endOfTurn("Hello."));

        ears.awaitEvent(new EndOfTurn("Hello."));
        assertThat(ears.events).noneMatch(SttEvent.Failed.class::isInstance);
    }

    @ParameterizedTest
    @EnumSource
    void audioThatWasSentIntoAConnectionThatHadEndedInThePause_goesOutAgain_once(ListenModel listen) {
        ears = new Ears(listen.model);
        FakeConnection first = ears.connected();
        ears.loop.advance(Duration.ofSeconds(30));
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sent.add(ears.sendFrame());
        }
        // Flux was kept alive by seven frames of silence.
        int before = listen == ListenModel.NOVA ? 1 : 8;
        first.await("all frames", self -> self.binaries().size() == before + 5);
        first.reset();
        ears.until(() -> ears.server.connections().size() == 2
                && !ears.server.connections().get(1).binaries().isEmpty());
        FakeConnection second = ears.server.connections().get(1);
        for (int i = 0; i < 20; i++) {
            sent.add(ears.sendFrame());
        }
        second.await("all frames", self -> self.binaries().size() == 25);
        assertThat(second.binaries()).containsExactlyElementsOf(sent);
        assertThat(ears.events).isEmpty();

        second.reset();
        assertThat(ears.awaitFailure().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    private FakeConnection opened() {
        FakeConnection connection = ears.server.awaitConnection(0);
        connection.accept();
        ears.until(() -> !connection.binaries().isEmpty());
        return connection;
    }
}
