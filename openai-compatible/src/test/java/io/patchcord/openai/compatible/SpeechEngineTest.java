package io.patchcord.openai.compatible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.spi.TtsSession;
import io.patchcord.agent.testing.ThreadCallLoop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeechEngineTest {

    private final FakeAudioServer server = new FakeAudioServer();
    private final ThreadCallLoop loop = new ThreadCallLoop();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<AudioFrame> audio = new CopyOnWriteArrayList<>();
    private final List<ProviderException> failures = new CopyOnWriteArrayList<>();
    private TtsEngine engine = builder().build();

    @AfterEach
    void stop() {
        engine.close();
        loop.close();
        server.close();
        assertThat(loop.failures()).isEmpty();
    }

    @Test
    void request_asksForBareSamples_andForNothingThatIsNotSet() {
        speak(open(), "c1", "Say \"Grüß Gott\".");
        awaitEnds(1);

        RecordedRequest request = server.requests().get(0);
        assertThat(request.getMethod()).isEqualTo("POST");
        assertThat(request.getTarget()).isEqualTo("/v1/audio/speech");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer secret-key");
        assertThat(request.getBody().utf8())
                .isEqualTo("{\"model\":\"gpt-4o-mini-tts\",\"input\":\"Say \\\"Grüß Gott\\\".\",\"voice\":\"alloy\","
                        + "\"response_format\":\"pcm\"}");
    }

    @Test
    void whatIsSet_isAskedFor() {
        use(builder().instructions("Whisper.").speed(1.25).sampleRate(8_000, true));
        TtsSession session = loop.call(() -> engine.open(loop, Optional.of("nova"), new Listener()));
        speak(session, "c1", "Hello.");
        awaitEnds(1);

        assertThat(engine.outputFormat()).isEqualTo(AudioFormat.SLIN_8K);
        assertThat(server.requests().get(0).getBody().utf8())
                .endsWith("\"voice\":\"nova\",\"response_format\":\"pcm\",\"instructions\":\"Whisper.\",\"speed\":1.25,"
                        + "\"sample_rate\":8000}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 320, 100_000})
    void chunksOfAnyLength_giveTheSameSamples(int chunk) {
        server.answers(FakeAudioServer.audio(FakeAudioServer.TONE, chunk));
        speak(open(), "c1", "Hello.");

        assertThat(awaitEnds(1)).containsExactly("c1 done");
        assertThat(heard()).isEqualTo(FakeAudioServer.TONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 11})
    void veryShortBody_isHeardAsFarAsItsSamplesAreWhole(int bytes) {
        byte[] body = new byte[bytes];
        server.answers(FakeAudioServer.audio(body, 1));
        speak(open(), "c1", "Hello.");

        assertThat(awaitEnds(1)).containsExactly("c1 done");
        assertThat(heard()).hasSize(bytes - bytes % 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 50, 100_000})
    void wavInsteadOfBareSamples_whateverLengthItClaims_isHeardWithoutItsHeader(int chunk) {
        byte[] wav = TranscriptionRequests.wav(AudioFrame.of(AudioFormat.SLIN_24K, FakeAudioServer.TONE));
        for (int i = 40; i < 44; i++) {
            wav[i] = (byte) 0xFF;
        }
        server.answers(FakeAudioServer.audio(wav, chunk));
        speak(open(), "c1", "Hello.");

        assertThat(awaitEnds(1)).containsExactly("c1 done");
        assertThat(heard()).isEqualTo(FakeAudioServer.TONE);
    }

    @Test
    void wavOfAnotherRate_isConverted() {
        byte[] data = new byte[32_000];
        server.answers(
                FakeAudioServer.audio(TranscriptionRequests.wav(AudioFrame.of(AudioFormat.SLIN_16K, data)), 1_000));
        speak(open(), "c1", "Hello.");
        awaitEnds(1);

        assertThat(audio).allSatisfy(piece -> assertThat(piece.format()).isEqualTo(AudioFormat.SLIN_24K));
        assertThat(heard().length).isCloseTo(48_000, within(500));
    }

    @Test
    void wavThatCannotBeUsed_isToldApart() {
        byte[] stereo = TranscriptionRequests.wav(AudioFrame.of(AudioFormat.SLIN_24K, new byte[100]));
        stereo[22] = 2;
        server.answers(FakeAudioServer.audio(stereo, 10));
        speak(open(), "c1", "Hello.");

        assertThat(awaitEnds(1)).containsExactly("c1 failed");
        assertThat(failures.get(0)).hasMessageContaining("one channel of 16-bit samples");
        assertThat(audio).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json", "audio/mpeg", "audio/ogg"})
    void somethingElseThanSamples_isNotPlayed(String type) {
        server.answers(new MockResponse.Builder()
                .code(200)
                .body("ID3 or <html>")
                .setHeader("Content-Type", type)
                .build());
        speak(open(), "c1", "Hello.");

        assertThat(awaitEnds(1)).containsExactly("c1 failed");
        assertThat(failures.get(0)).hasMessageContaining(type);
        assertThat(audio).isEmpty();
    }

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
    void tenMegabytesOfAudio_areHeardToTheEnd() {
        server.answers(FakeAudioServer.audio(new byte[10 << 20], 100_000));
        TtsSession session = open();
        loop.run(() -> session.speak("c1", "Hello."));

        assertThat(awaitEnds(1)).containsExactly("c1 done");
        assertThat(heard()).hasSize(10 << 20);
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
    void nextClause_isAskedForWhenTheFirstBeginsToCome_andHeardAfterIt() {
        CompletableFuture<Void> finish = new CompletableFuture<>();
        server.answers(held(finish));
        TtsSession session = open();
        loop.run(() -> {
            session.speak("c1", "Hello.");
            session.speak("c2", "Hello.");
            session.speak("c3", "Hello.");
        });
        await().until(() -> server.requests().size() >= 3);
        loop.run(() -> {});
        assertThat(told).containsOnly("c1 audio");

        finish.complete(null);
        assertThat(awaitEnds(3)).containsExactly("c1 done", "c2 done", "c3 done");
        assertThat(told).isSorted();
    }

    @Test
    void nextClause_isNotAskedForBeforeTheFirstComes() {
        server.answers(new MockResponse.Builder()
                .code(200)
                .headersDelay(30, TimeUnit.SECONDS)
                .build());
        TtsSession session = open();
        loop.run(() -> {
            session.speak("c1", "Hello.");
            session.speak("c2", "Hello.");
        });
        await().until(() -> !server.requests().isEmpty());
        loop.run(session::cancel);
        speak(session, "c3", "Last.");
        awaitEnds(1);

        assertThat(server.requests()).hasSize(2);
        assertThat(server.requests().get(1).getBody().utf8()).contains("Last.");
    }

    @Test
    void cancel_closesTheStream() throws Exception {
        CompletableFuture<Void> left = new CompletableFuture<>();
        server.answers(new MockResponse.Builder()
                .code(200)
                .body(new Endless(left))
                .setHeader("Content-Type", "audio/pcm")
                .build());
        TtsSession session = open();
        speak(session, "c1", "Hello.");
        await().until(() -> !audio.isEmpty());
        loop.run(session::cancel);

        left.get(10, TimeUnit.SECONDS);
        loop.run(() -> {});
        assertThat(told).containsOnly("c1 audio");
    }

    @Test
    void textThatIsTooLongForOneRequest_isSpokenInParts_asOneClause() {
        String text = "We open at nine. ".repeat(500).strip();
        speak(open(), "c1", text);

        assertThat(awaitEnds(1)).containsExactly("c1 done");
        List<String> inputs = inputs();
        assertThat(inputs).hasSize(3).allMatch(input -> input.length() <= 4_096 && input.endsWith("nine."));
        assertThat(String.join(" ", inputs)).isEqualTo(text);
        assertThat(heard()).hasSize(3 * FakeAudioServer.TONE.length);
    }

    @Test
    void longTextThatFailsInTheMiddle_failsOnce_andTheNextClauseIsSpoken() {
        server.answers(FakeAudioServer.audio(FakeAudioServer.TONE, 777));
        server.answers(FakeAudioServer.json(500, "{\"error\":{\"message\":\"no luck\"}}"));
        TtsSession session = open();
        loop.run(() -> {
            session.speak("c1", "We open at nine. ".repeat(1_000));
            session.speak("c2", "Hello.");
        });

        assertThat(awaitEnds(2)).containsExactly("c1 failed", "c2 done");
        assertThat(inputs()).hasSize(3).last().isEqualTo("Hello.");
        assertThat(heard()).hasSize(2 * FakeAudioServer.TONE.length);
    }

    private List<String> inputs() {
        return server.requests().stream()
                .map(request -> {
                    try {
                        return Json.MAPPER
                                .readTree(request.getBody().utf8())
                                .path("input")
                                .asText();
                    } catch (JsonProcessingException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "…", "\"!\""})
    void textWithoutAWord_isDoneWithoutARequest(String text) {
        speak(open(), "c1", text);

        assertThat(awaitEnds(1)).containsExactly("c1 done");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void nobodyListens_isUnavailable() {
        server.close();
        speak(open(), "c1", "Hello.");

        assertThat(awaitEnds(1)).containsExactly("c1 failed");
        assertThat(failures.get(0).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    private SpeechEngine.Builder builder() {
        return SpeechEngine.builder(server.uri(), "gpt-4o-mini-tts", "alloy").apiKey("secret-key");
    }

    private void use(SpeechEngine.Builder builder) {
        engine.close();
        engine = builder.build();
    }

    private TtsSession open() {
        return loop.call(() -> engine.open(loop, Optional.empty(), new Listener()));
    }

    private void speak(TtsSession session, String clauseId, String text) {
        loop.run(() -> session.speak(clauseId, text));
    }

    private List<String> awaitEnds(int count) {
        await().until(() -> ends().size() >= count);
        return ends();
    }

    private List<String> ends() {
        return told.stream().filter(line -> !line.endsWith("audio")).toList();
    }

    private byte[] heard() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        audio.forEach(piece -> all.writeBytes(piece.data()));
        return all.toByteArray();
    }

    /** Half of the tone, and the rest when the test says so. */
    private static MockResponse held(CompletableFuture<Void> finish) {
        return new MockResponse.Builder()
                .code(200)
                .setHeader("Content-Type", "audio/pcm")
                .body(new MockResponseBody() {
                    @Override
                    public long getContentLength() {
                        return FakeAudioServer.TONE.length;
                    }

                    @Override
                    public void writeTo(BufferedSink sink) throws IOException {
                        sink.write(FakeAudioServer.TONE, 0, FakeAudioServer.TONE.length / 2);
                        sink.flush();
                        finish.join();
                        sink.write(
                                FakeAudioServer.TONE, FakeAudioServer.TONE.length / 2, FakeAudioServer.TONE.length / 2);
                    }
                })
                .build();
    }

    /** Goes on until nobody reads any more. */
    private record Endless(CompletableFuture<Void> left) implements MockResponseBody {

        @Override
        public long getContentLength() {
            return -1;
        }

        @Override
        public void writeTo(BufferedSink sink) {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    sink.write(FakeAudioServer.TONE);
                    sink.flush();
                }
            } catch (IOException e) {
                left.complete(null);
            }
        }
    }

    private final class Listener implements TtsListener {

        @Override
        public void onAudio(String clauseId, AudioFrame piece) {
            audio.add(piece);
            told.add(clauseId + " audio");
        }

        @Override
        public void onDone(String clauseId) {
            told.add(clauseId + " done");
        }

        @Override
        public void onFailed(String clauseId, ProviderException error) {
            failures.add(error);
            told.add(clauseId + " failed");
        }
    }
}
