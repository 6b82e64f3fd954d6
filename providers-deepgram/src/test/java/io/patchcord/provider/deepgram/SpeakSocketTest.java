package io.patchcord.provider.deepgram;

import static io.patchcord.provider.deepgram.FakeSpeak.cleared;
import static io.patchcord.provider.deepgram.FakeSpeak.flushed;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.HandshakeAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Speak by WebSocket. */
class SpeakSocketTest extends SpeakTest {

    @Test
    void connection_isMadeAheadOfTheFirstSentence_forTheCallsOwnSamples() {
        mouth = new Mouth();

        FakeConnection connection = mouth.connection(0);

        assertThat(connection.path()).isEqualTo("/v1/speak");
        assertThat(connection.query())
                .isEqualTo(Map.of(
                        "model", List.of("aura-2-thalia-en"),
                        "encoding", List.of("linear16"),
                        "sample_rate", List.of("8000")));
        assertThat(connection.headers()).containsEntry("authorization", "Token secret-key");
    }

    @Test
    void voiceOfTheCall_isTheModel() {
        mouth = new Mouth(HandshakeAnswer.accept(), Optional.of("aura-2-helena-en"), "DEEPGRAM_MIP_OPT_OUT=true");

        assertThat(mouth.connection(0).query())
                .containsEntry("model", List.of("aura-2-helena-en"))
                .containsEntry("mip_opt_out", List.of("true"));
    }

    @Test
    void clauses_goOutAtOnce_andTheAudioUpToEachFlushedIsTheirs() {
        mouth = new Mouth();
        mouth.session.speak("c1", "Say \"Grüß Gott\".");
        mouth.session.speak("c2", "And go.");
        FakeConnection connection = mouth.said(0, "And go.");
        connection.await("both ends", self -> self.texts().size() == 4);
        assertThat(connection.texts())
                .containsExactly(
                        "{\"type\":\"Speak\",\"text\":\"Say \\\"Grüß Gott\\\".\"}",
                        FLUSH,
                        "{\"type\":\"Speak\",\"text\":\"And go.\"}",
                        FLUSH);

        connection.sendBinary(new byte[] {1, 2});
        connection.sendBinary(new byte[] {3, 4});
        connection.sendText(flushed(0));
        connection.sendBinary(new byte[] {5, 6});
        connection.sendText(flushed(1));

        mouth.expect("c1 done", "c2 done");
        assertThat(mouth.heard("c1")).containsExactly(1, 2, 3, 4);
        assertThat(mouth.heard("c2")).containsExactly(5, 6);
    }

    @Test
    void audioOfAnyLength_givesTheSameSamples_andHalfASampleIsLeftOut() {
        mouth = new Mouth();
        mouth.session.speak("c1", "Hello.");
        mouth.session.speak("c2", "Hello.");
        FakeConnection connection = mouth.said(0, "Flush");
        connection.sendBinary(new byte[] {1});
        connection.sendBinary(new byte[0]);
        connection.sendBinary(new byte[] {2, 3, 4});
        connection.sendBinary(new byte[] {5});
        connection.sendText(flushed(0));
        connection.sendBinary(new byte[10 << 20]);
        connection.sendBinaryInFragments(new byte[] {6, 7, 8, 9}, 3);
        connection.sendText(flushed(1));

        mouth.expect("c1 done", "c2 done");
        assertThat(mouth.heard("c1")).containsExactly(1, 2, 3, 4);
        assertThat(mouth.heard("c2")).hasSize((10 << 20) + 4).endsWith(6, 7, 8, 9);
    }

    @Test
    void cancel_clears_andWhatComesBeforeItsAnswerIsNotHeard() {
        mouth = new Mouth();
        mouth.session.speak("c1", "Hello.");
        mouth.session.speak("c2", "How are you?");
        FakeConnection connection = mouth.said(0, "How are you?");
        connection.sendBinary(new byte[] {1, 2, 3});
        mouth.until(() -> mouth.heard("c1").length > 0);
        mouth.session.cancel();
        mouth.session.cancel();
        mouth.session.speak("c3", "Yes?");
        mouth.said(0, "Clear");
        connection.sendBinary(new byte[] {4, 5});
        connection.sendText(flushed(0));
        connection.sendPing("all read?");
        connection.await("a pong", self -> self.pongs() == 1);
        mouth.loop.runPending();
        assertThat(connection.texts()).last().isEqualTo(CLEAR);
        connection.sendText(cleared(0));
        mouth.said(0, "Yes?");
        connection.sendBinary(new byte[] {6, 7});
        connection.sendText(flushed(1));

        mouth.expect("c3 done");
        assertThat(mouth.heard("c1")).containsExactly(1, 2);
        assertThat(mouth.heard("c2")).isEmpty();
        assertThat(mouth.heard("c3")).containsExactly(6, 7);
        assertThat(connection.texts()).filteredOn(CLEAR::equals).hasSize(1);
    }

    @Test
    void nothingUnderWay_nothingIsCleared_andStrayAudioIsNotHeard() {
        mouth = new Mouth();
        FakeConnection connection = mouth.connection(0);
        mouth.session.cancel();
        connection.sendBinary(new byte[] {1, 2});
        connection.sendText(flushed(0));
        connection.sendText(cleared(0));
        connection.sendPing("all read?");
        connection.await("a pong", self -> self.pongs() == 1);
        mouth.loop.runPending();
        mouth.session.speak("c1", "Hello.");
        mouth.said(0, "Flush");
        connection.sendText(flushed(1));

        mouth.expect("c1 done");
        assertThat(mouth.heard("c1")).isEmpty();
        assertThat(connection.texts()).doesNotContain(CLEAR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "…", "\"!\""})
    void textWithoutAWord_isDoneInItsPlace_andNotSent(String nothing) {
        mouth = new Mouth();
        mouth.session.speak("c1", nothing);
        assertThat(mouth.ends).isEmpty();
        mouth.expect("c1 done");
        mouth.session.speak("c2", "Hello.");
        mouth.session.speak("c3", nothing);
        mouth.session.speak("c4", "Hello.");
        FakeConnection connection = mouth.said(0, "Flush");
        connection.sendText(flushed(0));
        connection.sendText(flushed(1));

        mouth.expect("c1 done", "c2 done", "c3 done", "c4 done");
        connection.await("two clauses", self -> self.texts().size() == 4);
    }

    @Test
    void longText_isCutBetweenWords() {
        mouth = new Mouth();
        String text = "word ".repeat(900).strip() + "…";
        mouth.session.speak("c1", text);
        FakeConnection connection = mouth.said(0, "Flush");

        List<String> parts = connection.texts().stream()
                .filter(message -> message.contains("Speak"))
                .map(message -> Published.json(message).path("text").asText())
                .toList();
        assertThat(parts)
                .hasSize(3)
                .allSatisfy(part -> assertThat(part.length()).isLessThanOrEqualTo(2_000));
        assertThat(String.join("", parts)).isEqualTo(text);
    }

    @Test
    void connectionThatEndsInAPause_isMadeAgainForTheNextClause_unnoticed() {
        mouth = new Mouth();
        FakeConnection first = mouth.connection(0);
        first.close(1011, "NET-0001");
        first.awaitEnd();
        mouth.loop.advance(Duration.ofMinutes(10));
        assertThat(mouth.server.connections()).hasSize(1);

        mouth.session.speak("c1", "Hello.");
        mouth.said(1, "Flush").sendText(flushed(0));
        mouth.expect("c1 done");
    }

    @Test
    void close_closesInOrder_andNothingIsHeardAfterIt() {
        mouth = new Mouth();
        mouth.session.speak("c1", "Hello.");
        FakeConnection connection = mouth.said(0, "Flush");
        mouth.session.close();
        connection.sendBinary(new byte[] {1, 2});
        connection.sendText(flushed(0));
        connection.awaitEnd();
        mouth.session.speak("c2", "Hello.");
        mouth.session.close();
        mouth.loop.advance(Duration.ofMinutes(1));

        assertThat(mouth.ends).isEmpty();
        assertThat(mouth.heard("c1")).isEmpty();
        assertThat(connection.texts()).endsWith(CLEAR, "{\"type\":\"Close\"}");
        assertThat(connection.closeCode()).isEqualTo(1000);
        assertThat(mouth.server.connections()).hasSize(1);
    }

    @Test
    void oldConnection_isRenewedBetweenTwoAnswers() {
        mouth = new Mouth();
        mouth.session.speak("c1", "Hello.");
        FakeConnection first = mouth.said(0, "Flush");
        first.sendText(flushed(0));
        mouth.expect("c1 done");
        mouth.loop.advance(Duration.ofMinutes(51));
        mouth.session.speak("c2", "Hello again.");

        mouth.said(1, "Hello again.").sendText(flushed(0));
        mouth.expect("c1 done", "c2 done");
        first.awaitEnd();
    }

    @Test
    void moreClausesInAMinuteThanMayBeFlushed_areSpokenByRest() {
        mouth = new Mouth(HandshakeAnswer.hold(), Optional.empty());
        mouth.server.serve(FakeSpeak::new);
        mouth.server.awaitConnection(0).accept();
        mouth.connection(0);
        mouth.server.answer(HandshakeAnswer.refuse(200, Map.of("Content-Type", "audio/l16"), "by rest!"));
        String[] expected = new String[FlushBudget.MOST + 3];
        for (int i = 0; i < expected.length; i++) {
            mouth.session.speak("c" + i, "Clause " + i + ".");
            expected[i] = "c" + i + " done";
        }

        mouth.expect(expected);
        assertThat(mouth.server.connections().get(0).texts())
                .filteredOn(FLUSH::equals)
                .hasSize(FlushBudget.MOST);
        assertThat(mouth.heard("c17")).hasSizeGreaterThan(800);
        assertThat(mouth.heard("c18")).isEqualTo("by rest!".getBytes(StandardCharsets.UTF_8));
        assertThat(mouth.heard("c20")).hasSize(8);

        mouth.loop.advance(Duration.ofSeconds(60));
        mouth.session.speak("later", "A minute later.");
        mouth.said(0, "A minute later.");
        mouth.until(() -> mouth.ends.contains("later done"));
    }
}
