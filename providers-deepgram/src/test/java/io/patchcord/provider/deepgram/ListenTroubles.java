package io.patchcord.provider.deepgram;

import static io.patchcord.provider.deepgram.ListenMessages.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.SttEvent;
import io.patchcord.agent.spi.SttEvent.EndOfTurn;
import io.patchcord.agent.spi.SttEvent.SpeechStarted;
import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.HandshakeAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that may go wrong with Listen, whichever version it is. */
abstract class ListenTroubles extends ListenTest {

    private final ListenModel listen;

    ListenTroubles(ListenModel listen) {
        this.listen = listen;
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
    void refusal_isToldWithDeepgramsWords_andNothingAfterIt(int status, Kind kind) {
        ears = new Ears(listen.model);
        ears.server.answer(HandshakeAnswer.refuse(
                status,
                Map.of("Retry-After", "7", "dg-request-id", "r-1"),
                "{\"err_code\":\"X\",\"err_msg\":\"no luck with secret-key\",\"request_id\":\"r-1\"}"));
        ears.sendFrame();
        ProviderException error = ears.awaitFailure();

        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error).hasMessage("Deepgram answered " + status + ": no luck with (key) (request r-1)");
        assertThat(error.retryAfter()).contains(Duration.ofSeconds(7));
        assertNothingIsLeft();
    }

    @Test
    void refusalWithNoBody_isToldWithTheHeader() {
        ears = new Ears(listen.model);
        ears.server.answer(HandshakeAnswer.refuse(400, Map.of("dg-error", "Bad Request: failed to process"), ""));
        ears.sendFrame();

        assertThat(ears.awaitFailure()).hasMessage("Deepgram answered 400: Bad Request: failed to process");
    }

    @ParameterizedTest
    @CsvSource({
        "1000, UNAVAILABLE",
        "1001, UNAVAILABLE",
        "1003, REJECTED",
        "1008, REJECTED",
        "1009, REJECTED",
        "1011, UNAVAILABLE",
        "1013, UNAVAILABLE",
        "4000, UNAVAILABLE",
    })
    void closeInTheMiddleOfACall_isAFailure(int code, Kind kind) {
        ears = new Ears(listen.model);
        ears.server.answer(HandshakeAnswer.accept(Map.of("dg-request-id", "r-2")));
        FakeConnection connection = ears.connected();
        connection.sendText(listen.words("I live"));
        connection.close(code, "DATA-0000 secret-key");

        ProviderException error = ears.awaitFailure();
        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error).hasMessage("Deepgram closed the connection with " + code + ": DATA-0000 (key) (request r-2)");
        assertThat(ears.events).hasSize(3).startsWith(new SpeechStarted());
        assertNothingIsLeft();
    }

    static Stream<Consumer<FakeConnection>> ends() {
        return Stream.of(
                FakeConnection::reset,
                FakeConnection::endOfStream,
                FakeConnection::closeWithoutCode,
                connection -> connection.sendRaw(new byte[] {(byte) 0xFF, (byte) 0xFF, 0, 0}));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void otherEnds_areFailures(Consumer<FakeConnection> end) {
        ears = new Ears(listen.model);
        end.accept(ears.connected());

        assertThat(ears.awaitFailure().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n"})
    void otherServerAtTheAddress_isAFailure(String greeting) {
        ears = new Ears(listen.model);
        ears.server.answer(HandshakeAnswer.raw(greeting));
        ears.sendFrame();

        ears.awaitFailure();
        assertNothingIsLeft();
    }

    @Test
    void nobodyThere_isAFailure() {
        ears = new Ears(listen.model);
        ears.server.close();
        ears.sendFrame();

        assertThat(ears.awaitFailure().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void handshakeThatIsNotAnswered_isATimeOut() {
        ears = new Ears(listen.model, "DEEPGRAM_TIMEOUT=100ms");
        ears.server.answer(HandshakeAnswer.hold());
        ears.sendFrame();

        assertThat(ears.awaitFailure().kind()).isEqualTo(Kind.TIMEOUT);
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource({"INTERNAL_SERVER_ERROR, UNAVAILABLE", "UNPARSABLE_CLIENT_MESSAGE, REJECTED", "'', UNAVAILABLE"})
    void errorInTheSession_thenClose_isOneFailure(String code, Kind kind) {
        ears = new Ears(listen.model);
        FakeConnection connection = ears.connected();
        connection.sendText(error(1, code, "it is broken, secret-key"));
        connection.close(1011, "NET-0000");

        assertThat(ears.awaitFailure().kind()).isEqualTo(kind);
        assertThat(ears.awaitFailure()).hasMessageContaining("it is broken, (key)");
        assertNothingIsLeft();
    }

    @Test
    void nonsense_disturbsNobody() {
        ears = new Ears(listen.model);
        FakeConnection connection = ears.connected();
        for (String nonsense : List.of("", "no JSON", "{", "[1,2]", "\"text\"", "{\"type\":7}")) {
            connection.sendText(nonsense);
        }
        connection.sendBinary(new byte[] {1, 2, 3});
        connection.sendText("x".repeat(10 << 20));
        connection.sendTextInFragments(listen.endOfTurn("Grüß Gott, 你好."), 3);

        ears.awaitEvent(new EndOfTurn("Grüß Gott, 你好."));
        assertThat(ears.events).noneMatch(SttEvent.Failed.class::isInstance);
    }

    @Test
    void messagesAndFieldsOfNextYear_disturbNobody() {
        ears = new Ears(listen.model);
        FakeConnection connection = ears.connected();
        connection.sendText(
                "{\"type\":\"SomethingNew\",\"transcript\":\"x\",\"is_final\":true,\"event\":\"EndOfTurn\"}");
        connection.sendText(listen.words("I live").replace("\"StartOfTurn\"", "\"MoodOfTurn\""));
        connection.sendText(NextYear.fieldsIn(listen.endOfTurn("I live in Oslo.")));

        ears.awaitEvent(new EndOfTurn("I live in Oslo."));
        assertThat(ears.events).noneMatch(SttEvent.Failed.class::isInstance);
        assertThat(ears.events).filteredOn(EndOfTurn.class::isInstance).hasSize(1);
    }

    @Test
    void serviceThatReadsNothing_isAFailure_andNoFrameWaitsForEver() {
        ears = new Ears(AudioFormat.SLIN_48K, "en", listen.model);
        FakeConnection connection = ears.connected();
        connection.pauseReading();
        ears.until(() -> {
            for (int i = 0; i < 100; i++) {
                ears.sendFrame();
            }
            return !ears.events.isEmpty();
        });

        assertThat(ears.awaitFailure().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(ears.awaitFailure()).hasMessageContaining("as fast as it comes");
        connection.resumeReading();
        assertNothingIsLeft();
    }

    @Test
    void engineThatCloses_endsItsSessions() {
        ears = new Ears(listen.model);
        ears.connected();
        ears.engine.close();

        assertThat(ears.awaitFailure().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    /** After the failure nobody is connected any more, nothing is told, and nothing is due. */
    private void assertNothingIsLeft() {
        int told = ears.events.size();
        int connections = ears.server.connections().size();
        ears.sendFrame();
        ears.session.finish();
        ears.loop.advance(Duration.ofMinutes(1));
        ears.until(() -> ears.server.liveConnections() == 0);
        assertThat(ears.events).hasSize(told);
        assertThat(ears.server.connections()).hasSize(connections);
        assertThat(ears.timed.pending()).isZero();
    }
}
