package io.patchcord.provider.deepgram;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.spi.TtsSession;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * Deepgram's Speak v1 by REST, in the call's own 8 kHz linear samples. A voice of a call is a model name such as
 * {@code aura-2-thalia-en}.
 *
 * <p>Thread-safe. Each clause on its way is one HTTP exchange, read by one of OkHttp's threads.
 */
final class DeepgramTtsEngine implements TtsEngine {

    static final AudioFormat FORMAT = AudioFormat.SLIN_8K;

    private static final int MAX_EXCHANGES = 256;

    private final OkHttpClient client;
    private final HttpUrl url;
    private final String key;
    private final String model;

    DeepgramTtsEngine(HttpUrl url, String key, String model, Duration timeout) {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(MAX_EXCHANGES);
        dispatcher.setMaxRequestsPerHost(MAX_EXCHANGES);
        this.client = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectTimeout(timeout)
                .readTimeout(timeout)
                .writeTimeout(timeout)
                .callTimeout(Duration.ZERO)
                // A redirect would take the caller's words, and perhaps the key, to a place that nobody configured.
                .followRedirects(false)
                .retryOnConnectionFailure(true)
                .build();
        this.url = url;
        this.key = key;
        this.model = model;
    }

    @Override
    public String description() {
        return model + " at " + url.host();
    }

    @Override
    public AudioFormat outputFormat() {
        return FORMAT;
    }

    @Override
    public TtsSession open(CallLoop loop, Optional<String> voice, TtsListener listener) {
        return new DeepgramTtsSession(client, new SpeakRequests(url, key, voice.orElse(model)), loop, listener);
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
        try {
            client.dispatcher().executorService().awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
