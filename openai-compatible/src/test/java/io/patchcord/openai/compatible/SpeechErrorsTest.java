package io.patchcord.openai.compatible;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.TtsSession;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server of voices that refuses or breaks. */
class SpeechErrorsTest extends SpeechCalls {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | REJECTED",
                "401 | UNAUTHORIZED",
                "403 | UNAUTHORIZED",
                "404 | CONFIGURATION",
                "429 | RATE_LIMITED",
                "500 | UNAVAILABLE",
                "503 | UNAVAILABLE",
                "504 | TIMEOUT",
            })
    void refusal_isToldApart_withoutTheKey_andTheNextClauseIsSpoken(int status, Kind kind) {
        server.answers(FakeAudioServer.json(status, "{\"error\":{\"message\":\"no luck with secret-key\"}}"));
        TtsSession session = open();
        speak(session, "c1", "Hello.");
        awaitEnds(1);
        speak(session, "c2", "Hello.");

        assertThat(awaitEnds(2)).containsExactly("c1 failed", "c2 done");
        assertThat(failures.get(0).kind()).isEqualTo(kind);
        assertThat(failures.get(0)).hasMessage("the voice's server answered " + status + ": no luck with (key)");
        assertThat(failures.get(0).retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void serverFallsSilentInTheMiddle_whatCameIsHeard_thenATimeOut() {
        use(builder().timeout(Duration.ofMillis(300)));
        server.answers(new MockResponse.Builder()
                .code(200)
                .body(new Buffer().write(FakeAudioServer.TONE))
                .throttleBody(4_000, 30, TimeUnit.SECONDS)
                .setHeader("Content-Type", "audio/pcm")
                .build());
        speak(open(), "c1", "Hello.");

        assertThat(awaitEnds(1)).containsExactly("c1 failed");
        assertThat(failures.get(0).kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(heard()).isNotEmpty().hasSizeLessThan(FakeAudioServer.TONE.length);
    }

    @Test
    void streamBreaksOff_isUnavailable_andTheClauseBehindItIsHeard() {
        server.answers(new MockResponse.Builder()
                .code(200)
                .body(new Buffer().write(FakeAudioServer.TONE))
                .onResponseBody(new SocketEffect.CloseSocket())
                .setHeader("Content-Type", "audio/pcm")
                .build());
        TtsSession session = open();
        loop.run(() -> {
            session.speak("c1", "Hello.");
            session.speak("c2", "Hello.");
        });

        assertThat(awaitEnds(2)).containsExactly("c1 failed", "c2 done");
        assertThat(failures.get(0).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void nobodyListens_isUnavailable() {
        server.close();
        speak(open(), "c1", "Hello.");

        assertThat(awaitEnds(1)).containsExactly("c1 failed");
        assertThat(failures.get(0).kind()).isEqualTo(Kind.UNAVAILABLE);
    }
}
