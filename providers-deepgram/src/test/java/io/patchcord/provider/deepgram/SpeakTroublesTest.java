package io.patchcord.provider.deepgram;

import static io.patchcord.provider.deepgram.FakeSpeak.cleared;
import static io.patchcord.provider.deepgram.FakeSpeak.flushed;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.HandshakeAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything that may go wrong with Speak by WebSocket: the next clause is spoken. */
class SpeakTroublesTest extends SpeakTest {

    @Test
    void connectionIsLostBeforeAnyAudio_theClausesAreSaidAgain_once() {
        mouth = new Mouth();
        mouth.session.speak("c1", "Hello.");
        mouth.session.speak("c2", "How are you?");
        mouth.said(0, "How are you?").reset();
        mouth.said(1, "How are you?").reset();

        mouth.until(() -> !mouth.ends.isEmpty());
        FakeConnection third = mouth.said(2, "Flush");
        third.sendText(flushed(0));

        mouth.expect("c1 failed", "c2 done");
        assertThat(third.texts()).hasSize(2);
        assertThat(mouth.failures.get(0).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "1000, UNAVAILABLE",
        "1003, REJECTED",
        "1008, REJECTED",
        "1009, REJECTED",
        "1011, UNAVAILABLE",
        "4000, UNAVAILABLE",
    })
    void connectionIsClosedInTheMiddle_whatWasHeardIsNotSaidAgain(int code, Kind kind) {
        mouth = new Mouth();
        mouth.session.speak("c1", "Hello.");
        mouth.session.speak("c2", "How are you?");
        FakeConnection first = mouth.said(0, "How are you?");
        first.sendBinary(new byte[] {1, 2});
        first.close(code, "DATA-0000 secret-key");
        FakeConnection second = mouth.said(1, "Flush");
        second.sendBinary(new byte[] {3, 4});
        second.sendText(flushed(0));

        mouth.expect("c1 failed", "c2 done");
        assertThat(mouth.heard("c1")).containsExactly(1, 2);
        assertThat(mouth.heard("c2")).containsExactly(3, 4);
        assertThat(second.texts()).hasSize(2);
        assertThat(mouth.failures.get(0).kind()).isEqualTo(kind);
        assertThat(mouth.failures.get(0))
                .hasMessage("Deepgram closed the connection with " + code + ": DATA-0000 (key)");
    }

    @ParameterizedTest
    @CsvSource({
        "400, REJECTED",
        "401, UNAUTHORIZED",
        "402, UNAUTHORIZED",
        "403, UNAUTHORIZED",
        "404, CONFIGURATION",
        "429, RATE_LIMITED",
        "500, UNAVAILABLE",
        "503, UNAVAILABLE",
        "504, TIMEOUT",
    })
    void refusal_isToldApart_andTheNextClauseTriesAgain(int status, Kind kind) {
        mouth = new Mouth(
                HandshakeAnswer.refuse(
                        status,
                        Map.of("Retry-After", "7", "dg-request-id", "r-1"),
                        "{\"err_code\":\"X\",\"err_msg\":\"no luck with secret-key\"}"),
                Optional.empty());
        mouth.session.speak("c1", "Hello.");
        mouth.until(() -> !mouth.ends.isEmpty());
        mouth.server.answer(HandshakeAnswer.accept());
        mouth.session.speak("c2", "Hello.");
        mouth.until(() -> mouth.server.connections().stream().anyMatch(FakeConnection::isOpen));
        FakeConnection accepted = mouth.server.connections().stream()
                .filter(FakeConnection::isOpen)
                .findFirst()
                .orElseThrow();
        mouth.until(() -> accepted.texts().size() == 2);
        accepted.sendText(flushed(0));

        mouth.expect("c1 failed", "c2 done");
        assertThat(mouth.failures.get(0).kind()).isEqualTo(kind);
        assertThat(mouth.failures.get(0))
                .hasMessage("Deepgram answered " + status + ": no luck with (key) (request r-1)");
        assertThat(mouth.failures.get(0).retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void refusalWhileNobodySpeaks_isNotTold() {
        mouth = new Mouth(HandshakeAnswer.refuse(503, Map.of(), ""), Optional.empty());
        mouth.server.awaitConnection(0).awaitEnd();
        mouth.loop.advance(Duration.ofMinutes(1));

        assertThat(mouth.ends).isEmpty();
        assertThat(mouth.server.connections()).hasSize(1);
    }

    @Test
    void slowHandshake_isWaitedFor_andOneThatIsNotAnsweredIsATimeOut() {
        mouth = new Mouth(HandshakeAnswer.hold(), Optional.empty());
        mouth.session.speak("c1", "Hello.");
        mouth.server.awaitConnection(0).accept();
        mouth.said(0, "Flush").sendText(flushed(0));
        mouth.expect("c1 done");
        mouth.close();

        mouth = new Mouth(HandshakeAnswer.hold(), Optional.empty(), "DEEPGRAM_TIMEOUT=100ms");
        mouth.session.speak("c1", "Hello.");
        mouth.expect("c1 failed");
        assertThat(mouth.failures.get(0).kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void silence_isATimeOut_andTheNextClauseIsSpokenOnAnotherConnection() {
        mouth = new Mouth();
        mouth.session.speak("c1", "Hello.");
        mouth.session.speak("c2", "How are you?");
        FakeConnection first = mouth.said(0, "How are you?");
        first.sendBinary(new byte[] {1, 2});
        mouth.until(() -> mouth.heard("c1").length > 0);
        mouth.loop.advance(Duration.ofSeconds(11));
        mouth.said(1, "How are you?").sendText(flushed(0));

        mouth.expect("c1 failed", "c2 done");
        assertThat(mouth.failures.get(0).kind()).isEqualTo(Kind.TIMEOUT);
        first.awaitEnd();
    }

    @Test
    void nonsense_disturbsNobody() {
        mouth = new Mouth();
        mouth.session.speak("c1", "Hello.");
        FakeConnection connection = mouth.said(0, "Flush");
        for (String nonsense : List.of("", "no JSON", "{", "[1,2]", "{\"type\":7}", "{\"type\":\"SomethingNew\"}")) {
            connection.sendText(nonsense);
        }
        connection.sendText("x".repeat(10 << 20));
        connection.sendText("{\"type\":\"Warning\",\"code\":\"DATA-0001\",\"description\":\"slow down\"}");
        connection.sendBinary(new byte[] {1, 2});
        connection.sendText("{\"type\":\"Flushed\"}");

        mouth.expect("c1 done");
        assertThat(mouth.heard("c1")).containsExactly(1, 2);
    }

    @Test
    void messagesAndFieldsOfNextYear_disturbNobody() {
        mouth = new Mouth();
        mouth.session.speak("c1", "Hello.");
        FakeConnection connection = mouth.said(0, "Flush");
        connection.sendText("{\"type\":\"Metadata\",\"request_id\":\"r-1\",\"voices\":[{\"mood\":\"good\"}]}");
        connection.sendText("{\"type\":\"Whispered\",\"sequence_id\":0,\"code\":\"X\",\"description\":\"new\"}");
        connection.sendBinary(new byte[] {1, 2});
        connection.sendText("{\"type\":\"SpeechStarted\",\"speech_id\":7}");
        connection.sendBinary(new byte[] {3, 4});
        connection.sendText(NextYear.fieldsIn(flushed(0)));
        mouth.expect("c1 done");
        assertThat(mouth.heard("c1")).containsExactly(1, 2, 3, 4);

        mouth.session.speak("c2", "How are you?");
        mouth.session.cancel();
        mouth.session.speak("c3", "Yes?");
        mouth.said(0, "Clear").sendText(NextYear.fieldsIn(cleared(0)));
        mouth.said(0, "Yes?").sendText(flushed(1));
        mouth.expect("c1 done", "c3 done");
    }

    @Test
    void errorInTheSession_isAFailure() {
        mouth = new Mouth();
        mouth.session.speak("c1", "Hello.");
        FakeConnection connection = mouth.said(0, "Flush");
        connection.sendBinary(new byte[] {1, 2});
        connection.sendText("{\"type\":\"Error\",\"code\":\"INVALID_MODEL\",\"description\":\"no such voice\"}");

        mouth.expect("c1 failed");
        assertThat(mouth.failures.get(0).kind()).isEqualTo(Kind.REJECTED);
        assertThat(mouth.failures.get(0)).hasMessageContaining("no such voice");
        connection.awaitEnd();
    }

    @Test
    void clearThatIsNotAnswered_theNextClauseIsSpokenOnAnotherConnection() {
        mouth = new Mouth();
        mouth.session.speak("c1", "Hello.");
        FakeConnection first = mouth.said(0, "Flush");
        mouth.session.cancel();
        mouth.session.speak("c2", "Yes?");
        mouth.said(0, "Clear");
        mouth.loop.advance(Duration.ofSeconds(2));

        FakeConnection second = mouth.said(1, "Yes?");
        first.awaitEnd();
        second.sendBinary(new byte[] {1, 2});
        second.sendText(flushed(0));
        mouth.expect("c2 done");
        assertThat(mouth.heard("c2")).containsExactly(1, 2);
    }

    @Test
    void endThatIsToldTwice_endsOneClause() {
        mouth = new Mouth();
        mouth.session.speak("c1", "Hello.");
        mouth.session.speak("c2", "Hello.");
        FakeConnection connection = mouth.said(0, "Flush");
        connection.sendBinary(new byte[] {1, 2});
        connection.sendText(flushed(0));
        connection.sendText(flushed(0));
        connection.sendBinary(new byte[] {3, 4});
        connection.sendText(flushed(1));

        mouth.expect("c1 done", "c2 done");
        assertThat(mouth.heard("c2")).containsExactly(3, 4);
    }
}
