package io.patchcord.provider.deepgram;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.spi.TtsSession;
import io.patchcord.provider.socket.ProviderSockets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Deepgram's Speak v1, in the call's own 8 kHz linear samples: by one WebSocket for each call, or by REST alone. A voice of a
 * call is a model name such as {@code aura-2-thalia-en}.
 *
 * <p>Thread-safe. No thread waits for a WebSocket; an exchange by REST is read by one of OkHttp's.
 */
final class DeepgramTtsEngine implements TtsEngine {

    static final AudioFormat FORMAT = AudioFormat.SLIN_8K;

    private static final int MAX_EXCHANGES = 256;

    private final DeepgramAccount account;
    private final Settings settings;
    private final OkHttpClient client;
    private final @Nullable ProviderSockets sockets;

    /**
     * How it is to speak.
     *
     * @param model where a call names none
     * @param byRest without WebSockets
     * @param optOut whether Deepgram may not learn from the texts
     */
    record Settings(String model, boolean byRest, boolean optOut) {}

    DeepgramTtsEngine(DeepgramAccount account, Settings settings) {
        this.account = account;
        this.settings = settings;
        this.client = client(account.timeout());
        this.sockets = settings.byRest() ? null : ProviderSockets.create("deepgram-speak");
    }

    private static OkHttpClient client(Duration timeout) {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(MAX_EXCHANGES);
        dispatcher.setMaxRequestsPerHost(MAX_EXCHANGES);
        return new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectTimeout(timeout)
                .readTimeout(timeout)
                .writeTimeout(timeout)
                .callTimeout(Duration.ZERO)
                // A redirect would take the caller's words, and perhaps the key, to a place that nobody configured.
                .followRedirects(false)
                .retryOnConnectionFailure(true)
                .build();
    }

    DeepgramAccount account() {
        return account;
    }

    RestSpeaker rest(SpeakRequests requests, CallLoop loop, RestSpeaker.User user) {
        return new RestSpeaker(client, requests, new ExchangeErrors(new DeepgramErrors(account)), loop, user);
    }

    /** A connection that is not made yet; null if all is to go by REST. */
    @Nullable
    SpeakLink link(SpeakRequests requests, CallLoop loop, SpeakLink.User user) {
        return sockets == null ? null : new SpeakLink(sockets, account, requests, loop, user);
    }

    @Override
    public String description() {
        return settings.model() + " at " + account.host();
    }

    @Override
    public CompletableFuture<Void> check() {
        return KeyCheck.byRequest(account);
    }

    @Override
    public AudioFormat outputFormat() {
        return FORMAT;
    }

    @Override
    public TtsSession open(CallLoop loop, Optional<String> voice, TtsListener listener) {
        SpeakRequests requests = new SpeakRequests(account, voice.orElse(settings.model()), settings.optOut());
        return new SpeakSession(this, requests, loop, listener);
    }

    @Override
    public void close() {
        if (sockets != null) {
            sockets.close();
        }
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
