package io.patchcord.provider.deepgram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.spi.TtsSession;
import io.patchcord.agent.testing.ThreadCallLoop;
import io.patchcord.provider.deepgram.testing.NothingLeft;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeakRestTest {

    @RegisterExtension
    final NothingLeft left = new NothingLeft("secret-key");

    private final FakeSpeakRest server = new FakeSpeakRest();
    private final ThreadCallLoop loop = new ThreadCallLoop();
    private final List<String> ends = new CopyOnWriteArrayList<>();
    private final List<AudioFrame> audio = new CopyOnWriteArrayList<>();
    private final List<ProviderException> failures = new CopyOnWriteArrayList<>();
    private TtsEngine engine = engine(server.url(), "1s");

    @AfterEach
    void stop() {
        engine.close();
        loop.close();
        server.close();
        assertThat(loop.failures()).isEmpty();
    }

    @Test
    void request_asksForTheCallsOwnSamples() {
        TtsSession session = open(Optional.empty());
        speak(session, "c1", "Say \"Grüß Gott\".");
        awaitEnds(1);

        RecordedRequest request = server.requests().get(0);
        assertThat(request.getMethod()).isEqualTo("POST");
        assertThat(request.getTarget())
                .isEqualTo("/v1/speak?model=aura-2-thalia-en&encoding=linear16&sample_rate=8000&container=none");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Token secret-key");
        assertThat(request.getHeaders().get("Content-Type")).startsWith("application/json");
        assertThat(request.getBody().utf8()).isEqualTo("{\"text\":\"Say \\\"Grüß Gott\\\".\"}");
    }

    @Test
    void voiceOfTheCall_isTheModel() {
        speak(open(Optional.of("aura-2-helena-en")), "c1", "Hello.");
        awaitEnds(1);

        assertThat(server.requests().get(0).getUrl().queryParameter("model")).isEqualTo("aura-2-helena-en");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 320, 100_000})
    void chunksOfAnyLength_giveTheSameSamples(int chunk) {
        server.answers(FakeSpeakRest.audio()
                .chunkedBody(new Buffer().write(FakeSpeakRest.TONE), chunk)
                .build());
        speak(open(Optional.empty()), "c1", "Hello.");

        assertThat(awaitEnds(1)).containsExactly("c1 done");
        assertThat(heard()).isEqualTo(FakeSpeakRest.TONE);
    }

    @Test
    void halfASampleAtTheEnd_isLeftOut() {
        server.answers(FakeSpeakRest.audio()
                .chunkedBody(new Buffer().write(new byte[] {1, 2, 3}), 1)
                .build());
        speak(open(Optional.empty()), "c1", "Hello.");

        assertThat(awaitEnds(1)).containsExactly("c1 done");
        assertThat(heard()).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "…", "\"!\""})
    void textWithoutAWord_isDoneWithoutARequest(String text) {
        speak(open(Optional.empty()), "c1", text);

        assertThat(awaitEnds(1)).containsExactly("c1 done");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void serverFallsSilentInTheMiddle_whatCameIsHeard_thenATimeOut() {
        server.answers(
                FakeSpeakRest.audio().throttleBody(1_600, 3, TimeUnit.SECONDS).build());
        speak(open(Optional.empty()), "c1", "Hello.");

        assertThat(awaitEnds(1)).containsExactly("c1 failed");
        assertThat(failures.get(0).kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(heard()).isNotEmpty().hasSizeLessThan(FakeSpeakRest.TONE.length);
    }

    @Test
    void headersDoNotCome_isATimeOut_andTheNextClauseIsSpoken() {
        server.answers(FakeSpeakRest.audio().headersDelay(20, TimeUnit.SECONDS).build());
        TtsSession session = open(Optional.empty());
        loop.run(() -> {
            session.speak("c1", "Hello.");
            session.speak("c2", "Hello.");
        });

        assertThat(awaitEnds(2)).containsExactly("c1 failed", "c2 done");
        assertThat(failures.get(0).kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(heard()).isEqualTo(FakeSpeakRest.TONE);
    }

    @Test
    void tenMegabytes_areHeardWhole_andTheNextClauseAfterThem() {
        byte[] tenMinutes = new byte[10 << 20];
        Arrays.fill(tenMinutes, (byte) 7);
        server.answers(FakeSpeakRest.audio()
                .chunkedBody(new Buffer().write(tenMinutes), 100_001)
                .build());
        TtsSession session = open(Optional.empty());
        loop.run(() -> {
            session.speak("c1", "A long story.");
            session.speak("c2", "Hello.");
        });

        assertThat(awaitEnds(2)).containsExactly("c1 done", "c2 done");
        assertThat(heard())
                .hasSize(tenMinutes.length + FakeSpeakRest.TONE.length)
                .startsWith(tenMinutes);
    }

    @Test
    void streamBreaksOff_whatCameIsHeard_thenItIsUnavailable() throws Exception {
        try (Wire wire = new Wire()) {
            engine.close();
            engine = engine(wire.url(), "20s");
            speak(open(Optional.empty()), "c1", "Hello.");
            wire.answerAndWait(() -> {}).get(10, TimeUnit.SECONDS);

            assertThat(awaitEnds(1)).containsExactly("c1 failed");
            assertThat(failures.get(0).kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(heard()).containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void cancel_closesTheExchange() throws Exception {
        try (Wire wire = new Wire()) {
            engine.close();
            engine = engine(wire.url(), "20s");
            TtsSession session = open(Optional.empty());
            speak(session, "c1", "Hello.");

            CompletableFuture<Void> closed = wire.answerAndWait(wire::readToTheEnd);
            await().until(() -> !audio.isEmpty());
            loop.run(session::cancel);

            closed.get(10, TimeUnit.SECONDS);
            loop.run(() -> {});
            assertThat(ends).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | REJECTED",
                "401 | UNAUTHORIZED",
                "402 | UNAUTHORIZED",
                "403 | UNAUTHORIZED",
                "404 | CONFIGURATION",
                "413 | REJECTED",
                "429 | RATE_LIMITED",
                "500 | UNAVAILABLE",
                "503 | UNAVAILABLE",
                "504 | TIMEOUT",
            })
    void refusal_isToldApart_andTheNextClauseIsSpoken(int status, Kind kind) {
        server.answers(FakeSpeakRest.refusal(
                status, "{\"err_code\":\"X\",\"err_msg\":\"no luck with secret-key\",\"request_id\":\"r-1\"}"));
        TtsSession session = open(Optional.empty());
        loop.run(() -> {
            session.speak("c1", "Hello.");
            session.speak("c2", "Hello.");
        });

        assertThat(awaitEnds(2)).containsExactly("c1 failed", "c2 done");
        assertThat(failures.get(0).kind()).isEqualTo(kind);
        assertThat(failures.get(0)).hasMessage("Deepgram answered " + status + ": no luck with (key) (request r-1)");
        assertThat(failures.get(0).retryAfter()).contains(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"category\":\"INVALID_JSON\",\"message\":\"Invalid JSON.\",\"details\":\"at line 7\"} | Invalid JSON. at line 7",
                "<html> | no reason that could be read",
                "'' | no reason given",
            })
    void otherFormsOfRefusal_areRead(String body, String words) {
        server.answers(FakeSpeakRest.refusal(400, body));
        speak(open(Optional.empty()), "c1", "Hello.");
        awaitEnds(1);

        assertThat(failures.get(0)).hasMessageContaining(words);
    }

    @Test
    void webPageInsteadOfAudio_isNotPlayed() {
        server.answers(new MockResponse.Builder()
                .code(200)
                .body("<html>")
                .setHeader("Content-Type", "text/html")
                .build());
        speak(open(Optional.empty()), "c1", "Hello.");

        assertThat(awaitEnds(1)).containsExactly("c1 failed");
        assertThat(failures.get(0)).hasMessageContaining("DEEPGRAM_BASE_URL");
        assertThat(audio).isEmpty();
    }

    @Test
    void nobodyListens_isUnavailable() {
        server.close();
        speak(open(Optional.empty()), "c1", "Hello.");

        assertThat(awaitEnds(1)).containsExactly("c1 failed");
        assertThat(failures.get(0).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    private static TtsEngine engine(String url, String timeout) {
        return new DeepgramTtsProvider()
                .create(ProviderConfig.of(Map.of(
                        "DEEPGRAM_API_KEY",
                        "secret-key",
                        "DEEPGRAM_BASE_URL",
                        url,
                        "DEEPGRAM_TIMEOUT",
                        timeout,
                        "DEEPGRAM_TTS_TRANSPORT",
                        "rest")));
    }

    private TtsSession open(Optional<String> voice) {
        return loop.call(() -> engine.open(loop, voice, new TtsListener() {
            @Override
            public void onAudio(String clauseId, AudioFrame piece) {
                audio.add(piece);
            }

            @Override
            public void onDone(String clauseId) {
                ends.add(clauseId + " done");
            }

            @Override
            public void onFailed(String clauseId, ProviderException error) {
                failures.add(error);
                ends.add(clauseId + " failed");
            }
        }));
    }

    private void speak(TtsSession session, String clauseId, String text) {
        loop.run(() -> session.speak(clauseId, text));
    }

    private List<String> awaitEnds(int count) {
        await().until(() -> ends.size() >= count);
        return ends;
    }

    private byte[] heard() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        audio.forEach(piece -> all.writeBytes(piece.data()));
        return all.toByteArray();
    }
}
