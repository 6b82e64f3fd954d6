package io.patchcord.provider.local.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.SegmentSttEngine;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.spi.TtsSession;
import io.patchcord.agent.testing.ThreadCallLoop;
import io.patchcord.agent.testing.ToneSpeech;
import io.patchcord.provider.local.stt.MoonshineSttProvider;
import io.patchcord.provider.local.tts.LocalTtsProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A user's own servers in the place of the recogniser and the voice in process. */
class PartsBehindUrlsTest {

    private final ThreadCallLoop loop = new ThreadCallLoop();
    private final Map<String, String> requests = new ConcurrentHashMap<>();
    private final Map<String, String> keys = new ConcurrentHashMap<>();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/v1/audio/transcriptions",
                exchange -> answer(exchange, "application/json", "{\"text\":\" Hello there. \"}"));
        server.createContext("/v1/audio/speech", exchange -> answer(exchange, "audio/pcm", "x".repeat(1_600)));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        loop.close();
    }

    private void answer(HttpExchange exchange, String type, String body) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.put(path, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
        keys.put(path, String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void speech_isRecognisedByTheServer() throws Exception {
        ProviderConfig config = config("LOCAL_STT", "LOCAL_STT_LANGUAGE", "en", "LOCAL_STT_PROMPT", "Patchcord");
        try (SegmentSttEngine engine = (SegmentSttEngine) new MoonshineSttProvider().create(config)) {
            AudioFrame speech = new ToneSpeech().speak(engine.inputFormat().sampleRateHz(), "hello there");
            assertThat(engine.transcribe(speech)
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS)
                            .text())
                    .isEqualTo("Hello there.");
            assertThat(engine.description()).isEqualTo("a-model at 127.0.0.1");
        }
        assertThat(requests.get("/v1/audio/transcriptions")).contains("a-model").contains("Patchcord");
        assertThat(keys).containsEntry("/v1/audio/transcriptions", "Bearer sesame");
    }

    @Test
    void clauses_areSpokenByTheServer_atTheRateThatItIsAskedFor() throws Exception {
        ProviderConfig config = config(
                "LOCAL_TTS", "LOCAL_TTS_VOICE", "af_heart", "LOCAL_TTS_SPEED", "1.1", "LOCAL_TTS_SAMPLE_RATE", "8000");
        CompletableFuture<Integer> samples = new CompletableFuture<>();
        try (TtsEngine engine = new LocalTtsProvider().create(config)) {
            assertThat(engine.outputFormat()).isEqualTo(AudioFormat.SLIN_8K);
            TtsSession voice = loop.call(() -> engine.open(loop, Optional.empty(), new Counter(samples)));
            loop.run(() -> voice.speak("c1", "Hello."));
            assertThat(samples.get(10, TimeUnit.SECONDS)).isEqualTo(800);
        }
        assertThat(requests.get("/v1/audio/speech"))
                .isEqualTo("{\"model\":\"a-model\",\"input\":\"Hello.\",\"voice\":\"af_heart\","
                        + "\"response_format\":\"pcm\",\"speed\":1.1,\"sample_rate\":8000}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LOCAL_STT_MODEL | m | but no LOCAL_STT_URL",
                "LOCAL_STT_PROMPT | words | but no LOCAL_STT_URL",
                "LOCAL_STT_URL | http://127.0.0.1:1/v1 | but no LOCAL_STT_MODEL",
                "LOCAL_TTS_VOICE | v | but no LOCAL_TTS_URL",
                "LOCAL_TTS_SAMPLE_RATE | 8000 | but no LOCAL_TTS_URL",
                "LOCAL_TTS_URL | 127.0.0.1:1 | no http address",
            })
    void settingsThatDoNotGoTogether_areRefused(String name, String value, String told) {
        ProviderConfig config = ProviderConfig.of(Map.of(name, value, "LOCAL_TTS_WARM_UP", "0"));

        assertThatThrownBy(() -> {
                    if (name.startsWith("LOCAL_STT")) {
                        new MoonshineSttProvider().create(config).close();
                    } else {
                        new LocalTtsProvider().create(config).close();
                    }
                })
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining(told);
    }

    @Test
    void voiceThatIsMissing_isAskedFor() {
        ProviderConfig config = config("LOCAL_TTS");

        assertThatThrownBy(() -> new LocalTtsProvider().create(config).close()).hasMessageContaining("LOCAL_TTS_VOICE");
    }

    private ProviderConfig config(String prefix, String... more) {
        Map<String, String> settings = new HashMap<>();
        settings.put(prefix + "_URL", "http://127.0.0.1:" + server.getAddress().getPort());
        settings.put(prefix + "_MODEL", "a-model");
        settings.put(prefix + "_API_KEY", "sesame");
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return ProviderConfig.of(settings);
    }

    /** Counts the samples of one clause. */
    private static final class Counter implements TtsListener {

        private final CompletableFuture<Integer> result;
        private final AtomicInteger samples = new AtomicInteger();

        Counter(CompletableFuture<Integer> result) {
            this.result = result;
        }

        @Override
        public void onAudio(String clauseId, AudioFrame audio) {
            samples.addAndGet(audio.samples());
        }

        @Override
        public void onDone(String clauseId) {
            result.complete(samples.get());
        }

        @Override
        public void onFailed(String clauseId, ProviderException error) {
            result.completeExceptionally(error);
        }
    }
}
