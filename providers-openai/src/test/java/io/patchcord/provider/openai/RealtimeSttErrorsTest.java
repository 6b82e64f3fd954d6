package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.provider.openai.testing.FakeRealtimeSession;
import io.patchcord.provider.socket.SocketEnd;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Realtime transcription when the service refuses, breaks, or talks nonsense. */
class RealtimeSttErrorsTest extends RealtimeEars {

    @ParameterizedTest
    @CsvSource({
        "400,REJECTED",
        "401,UNAUTHORIZED",
        "403,UNAUTHORIZED",
        "404,CONFIGURATION",
        "429,RATE_LIMITED",
        "500,UNAVAILABLE",
        "503,UNAVAILABLE"
    })
    void refusedHandshake_isToldOnce_withoutTheKey(int status, Kind kind) {
        sockets.refuseAll(new SocketEnd.Refused(
                status,
                Map.of("retry-after", "7"),
                "{\"error\":{\"message\":\"No luck with " + RealtimeCall.KEY + "\"}}"));
        open();
        speak("one");
        pass(15_000);

        assertThat(failure().kind()).isEqualTo(kind);
        assertThat(failure().getMessage())
                .contains(String.valueOf(status), "No luck")
                .doesNotContain(RealtimeCall.KEY);
        assertThat(failure().retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(events).hasSize(1);
    }

    @Test
    void handshakeThatIsNotAnswered_isATimeOut() {
        sockets.refuseAll(new SocketEnd.TimedOut(Duration.ofSeconds(5)));
        open();
        pass(15_000);

        assertThat(failure().kind()).isEqualTo(Kind.TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1001, 1005, 1006, 1011, 1012, 1013})
    void passingCloseCodes_areRecoveredFrom(int code) {
        open();
        speak("one");
        sockets.session().close(code, "");
        pass(3_000);

        assertThat(ends()).containsExactly(end("one"));
        assertThat(sockets.sessions()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1003, 1008, 4000})
    void lastingCloseCodes_areAFailure(int code) {
        open();
        sockets.session().close(code, "policy");
        pass(3_000);

        assertThat(failure().getMessage()).contains(String.valueOf(code), "policy");
        assertThat(sockets.sessions()).hasSize(1);
    }

    @Test
    void whoIsToTryOnce_failsWhenThatIsInVain_atOnce() {
        tries = 1;
        open();
        speak("one");
        pass(1_500);
        sockets.refuseAll(new SocketEnd.Lost("connection refused"));
        sockets.session().cut();
        pass(200);

        assertThat(failure().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void transcriptThatComesTwice_isOneTurn() {
        open();
        speak("one");
        pass(1_500);
        FakeRealtimeSession service = sockets.session();
        String item = lastItem();
        service.send(completed(service, item, "one"));
        service.send(completed(service, "item_of_nobody", "nine"));
        speak("two");
        pass(1_500);

        assertThat(ends()).containsExactly(end("one"), end("two"));
    }

    @Test
    void unknownFields_andTenMegabytes_disturbNothing() {
        open();
        sockets.session().sendText("{\"type\":\"session.updated\",\"session\":{\"new\":[{}]},\"x\":{\"y\":1}}");
        sockets.session().sendText("{\"type\":\"brand.new\",\"text\":\"" + "x".repeat(10 << 20) + "\"}");
        sockets.connection().sendsBinary(new byte[] {1, 2, 3});
        speak("one");
        pass(1_500);

        assertThat(ends()).containsExactly(end("one"));
    }

    @Test
    void sessionThatExpires_isReplaced_andTheTurnIsHeardFromItsBeginning() {
        open();
        speak("one");
        sockets.session().sendError("session_expired", "Your session hit the maximum duration.", "", Json.object());
        sockets.session().close(1001, "");
        speak("two");
        pass(1_500);

        assertThat(ends()).containsExactly(end("one two"));
        assertThat(sockets.sessions()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"insufficient_quota, UNAUTHORIZED", "invalid_api_key, UNAUTHORIZED", "model_not_found, CONFIGURATION"})
    void lastingError_endsTheSession_once(String code, Kind kind) {
        open();
        speak("one");
        sockets.session().sendError(code, "It is over.", "", Json.object());
        sockets.session().close(4000, "");
        pass(3_000);

        assertThat(failure().kind()).isEqualTo(kind);
        assertThat(failure()).hasMessageContaining("It is over.");
        assertThat(sockets.sessions()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 161, 959, 8_001})
    void audioInPiecesOfAnySize_isHeard(int bytes) {
        open();
        byte[] speech = AudioConverter.convertWhole(script.tones().speak(8_000, "one two"), AudioFormat.ULAW_8K)
                .data();
        for (int from = 0; from < speech.length; from += bytes) {
            int to = Math.min(speech.length, from + bytes);
            session.sendAudio(AudioFrame.of(AudioFormat.ULAW_8K, Arrays.copyOfRange(speech, from, to)));
            session.sendAudio(AudioFrame.of(AudioFormat.ULAW_8K, new byte[0]));
        }
        pass(1_500);

        assertThat(ends()).containsExactly(end("one two"));
    }
}
