package io.patchcord.openai.compatible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.testing.ToneSpeech;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TranscriptionEngineTest {

    private static final AudioFrame SPEECH = new ToneSpeech().speak(16_000, "when are you open");

    private final FakeAudioServer server = new FakeAudioServer();
    private TranscriptionEngine engine = builder().build();

    @AfterEach
    void stop() {
        engine.close();
        server.close();
    }

    @Test
    void request_isAWavFile_andNothingThatIsNotSet() {
        assertThat(heard()).isEqualTo(FakeAudioServer.WORDS);

        RecordedRequest request = server.requests().get(0);
        Map<String, String> form = FakeAudioServer.form(request);
        assertThat(request.getTarget()).isEqualTo("/v1/audio/transcriptions");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer secret-key");
        assertThat(form).containsOnlyKeys("file", "model", "response_format");
        assertThat(form).containsEntry("model", "whisper-1").containsEntry("response_format", "json");
        assertThat(form.get("file"))
                .contains("filename=\"speech.wav\"")
                .contains("Content-Type: audio/wav")
                .endsWith(new String(TranscriptionRequests.wav(SPEECH), StandardCharsets.ISO_8859_1));
    }

    @Test
    void whatIsSet_isSent() {
        use(builder().language("en").prompt("Patchcord, Müller").temperature(0.2));
        heard();

        assertThat(FakeAudioServer.form(server.requests().get(0)))
                .containsEntry("language", "en")
                .containsEntry("temperature", "0.2")
                .containsKey("prompt");
    }

    @Test
    void wav_hasTheHeaderThatPlayersExpect() {
        byte[] wav = TranscriptionRequests.wav(AudioFrame.of(AudioFormat.SLIN_16K, new byte[] {1, 2, 3, 4}));

        assertThat(wav).hasSize(48);
        assertThat(new String(wav, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RIFF");
        assertThat(wav[4]).isEqualTo((byte) 40);
        assertThat(new String(wav, 8, 8, StandardCharsets.US_ASCII)).isEqualTo("WAVEfmt ");
        // Linear, one channel, 16000 samples and 32000 bytes a second, 2 bytes a sample, 16 bits.
        assertThat(Arrays.copyOfRange(wav, 16, 36))
                .containsExactly(16, 0, 0, 0, 1, 0, 1, 0, 0x80, 0x3E, 0, 0, 0, 0x7D, 0, 0, 2, 0, 16, 0);
        assertThat(wav).endsWith((byte) 4, (byte) 0, (byte) 0, (byte) 0, (byte) 1, (byte) 2, (byte) 3, (byte) 4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "' Hello,\\n  there. ' | 'Hello, there.'",
                "'' | ''",
                "[BLANK_AUDIO] | ''",
                "(music) Hello. *coughs* | Hello.",
                "Call (555) 123 4567. | Call (555) 123 4567.",
                "Thanks for watching! | ''",
                "Thank you. | Thank you.",
                "♪ | ''",
            })
    void words_areTidied_andThoseOfFilmsLeftOut(String text, String expected) {
        server.answers(FakeAudioServer.json(200, "{\"text\":\"" + text + "\",\"new\":{\"field\":[1]}}"));

        assertThat(heard()).isEqualTo(expected);
    }

    @Test
    void whisperCpp_callsItsJsonHtml() {
        server.answers(new MockResponse.Builder()
                .code(200)
                .body("{\"text\":\" Hello.\\n\"}")
                .setHeader("Content-Type", "text/html; charset=utf-8")
                .build());

        assertThat(heard()).isEqualTo("Hello.");
    }

    @Test
    void quietLine_isNotSent() {
        assertThat(engine.transcribe(AudioFrame.silence(AudioFormat.SLIN_16K, Duration.ofSeconds(1))))
                .succeedsWithin(Duration.ofSeconds(1))
                .satisfies(transcript -> assertThat(transcript.isEmpty()).isTrue());
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void audioOfAnotherRate_isAMistakeOfTheCaller() {
        AudioFrame other = AudioFrame.silence(AudioFormat.SLIN_8K, Duration.ofSeconds(1));

        assertThatThrownBy(() -> engine.transcribe(other)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"error\":{\"message\":\"no luck with secret-key\"}} | REJECTED | no luck with (key)",
                "400 | {\"error\":\"failed to decode\"} | REJECTED | failed to decode",
                "401 | {\"error\":{\"message\":\"bad\"}} | UNAUTHORIZED | bad",
                "404 | {\"error\":{\"message\":\"no such model\"}} | CONFIGURATION | no such model",
                "413 | <html> | REJECTED | no reason that could be read",
                "426 | '' | REJECTED | no reason given",
                "429 | {\"error\":{\"message\":\"slow\",\"code\":429}} | RATE_LIMITED | slow",
                "503 | {\"error\":{\"message\":\"loading\",\"code\":503}} | UNAVAILABLE | loading",
            })
    void refusal_isToldApart_withoutTheKey(int status, String body, Kind kind, String words) {
        server.answers(FakeAudioServer.json(status, body));

        ProviderException failure = failure();
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessage("the recogniser's server answered " + status + ": " + words);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{}", "{\"text\":7}", "{\"text\":"})
    void answerWithoutWords_isAMistakeOfTheServer(String body) {
        server.answers(FakeAudioServer.json(200, body));

        assertThat(failure()).hasMessageContaining("is the address right?");
    }

    @Test
    void errorThatComesAsSuccess_isOne() {
        server.answers(FakeAudioServer.json(200, "{\"error\":{\"message\":\"out of memory\"}}"));

        assertThat(failure()).hasMessageContaining("out of memory");
    }

    @Test
    void slowServer_isATimeOut() {
        use(builder().timeout(Duration.ofMillis(300)));
        server.answers(new MockResponse.Builder()
                .code(200)
                .headersDelay(30, TimeUnit.SECONDS)
                .build());

        assertThat(failure().kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void connectionThatBreaksInTheAnswer_isUnavailable() {
        server.answers(new MockResponse.Builder()
                .code(200)
                .body("{\"text\":\"When are you open?\"}")
                .onResponseBody(new SocketEffect.CloseSocket())
                .build());

        assertThat(failure().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void tenMegabytes_areNotRead_andTheNextAnswerIs() throws Exception {
        server.answers(FakeAudioServer.json(200, "{\"text\":\"" + "x".repeat(10 << 20) + "\"}"));
        assertThat(failure()).hasMessageContaining("without a text");

        assertThat(engine.transcribe(SPEECH).get(20, TimeUnit.SECONDS).text()).isEqualTo(FakeAudioServer.WORDS);
    }

    @Test
    void unknownFields_areNothing() throws Exception {
        server.answers(
                FakeAudioServer.json(200, "{\"x\":[{}],\"text\":\"Hello.\",\"usage\":{\"new\":1},\"logprobs\":null}"));

        assertThat(engine.transcribe(SPEECH).get(20, TimeUnit.SECONDS).text()).isEqualTo("Hello.");
    }

    @Test
    void nobodyListens_isUnavailable() {
        server.close();

        assertThat(failure().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void resultThatNobodyWants_closesTheExchange() throws Exception {
        CompletableFuture<Void> left = new CompletableFuture<>();
        server.answers(
                new MockResponse.Builder().code(200).body(new Endless(left)).build());
        CompletableFuture<?> result = engine.transcribe(SPEECH);
        await().until(() -> !server.requests().isEmpty());
        result.cancel(false);

        left.get(10, TimeUnit.SECONDS);
    }

    @Test
    void key_isTriedByAskingForModels() {
        assertThat(engine.check()).succeedsWithin(Duration.ofSeconds(10));
        assertThat(server.requests().get(0).getTarget()).isEqualTo("/v1/models");
        assertThat(server.requests().get(0).getHeaders().get("Authorization")).isEqualTo("Bearer secret-key");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void restrictedKey_thatMayNotSeeModels_isTaken(int status) {
        server.answers(FakeAudioServer.json(
                status,
                "{\"error\":{\"message\":\"You have insufficient permissions. Missing scopes: api.model.read.\"}}"));

        assertThat(engine.check()).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void keyThatIsNotTaken_isNamed_andNotShown() {
        use(builder().keyName("OPENAI_API_KEY"));
        server.answers(FakeAudioServer.json(401, "{\"error\":{\"message\":\"Incorrect API key: secret-key\"}}"));

        assertThat(engine.check())
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAUTHORIZED))
                .withMessage(
                        "OPENAI_API_KEY is not taken: the recogniser's server answered 401: Incorrect API key: (key)");
    }

    @Test
    void serverWithoutAListOfModels_hasNothingAgainstTheKey() {
        server.answers(FakeAudioServer.json(404, "{}"));

        assertThat(engine.check()).succeedsWithin(Duration.ofSeconds(10));
    }

    private TranscriptionEngine.Builder builder() {
        return TranscriptionEngine.builder(server.uri(), "whisper-1").apiKey("secret-key");
    }

    private void use(TranscriptionEngine.Builder builder) {
        engine.close();
        engine = builder.build();
    }

    private String heard() {
        return engine.transcribe(SPEECH).orTimeout(10, TimeUnit.SECONDS).join().text();
    }

    private ProviderException failure() {
        Throwable thrown = catchThrowable(() -> engine.transcribe(SPEECH).get(20, TimeUnit.SECONDS));
        assertThat(thrown).isNotNull();
        return ProviderException.of(thrown);
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
                    sink.writeUtf8(" ".repeat(1_000));
                    sink.flush();
                }
            } catch (IOException e) {
                left.complete(null);
            }
        }
    }
}
