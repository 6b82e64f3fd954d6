package io.patchcord.provider.openai;

import io.patchcord.agent.spi.S2sCapabilities;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sListener;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import io.patchcord.agent.spi.VadEngine;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Realtime API (GA): one WebSocket for each call, no thread. What a server has once refused as not possible is left out
 * in later calls. Thread-safe.
 */
final class RealtimeEngine implements S2sEngine {

    private static final S2sCapabilities CAPABILITIES = new S2sCapabilities(true, true, true, true, true);

    private final RealtimeSettings settings;
    private final RealtimeSockets sockets;
    private final Optional<VadEngine> vad;
    private final RateLimitWatch rateLimits = new RateLimitWatch();
    private final Set<OptionalPart> refused = ConcurrentHashMap.newKeySet();

    /**
     * Opens nothing before the first call.
     *
     * @param vad finds the turns, if the server is not to; belongs to the engine
     */
    RealtimeEngine(RealtimeSettings settings, RealtimeSockets sockets, Optional<VadEngine> vad) {
        this.settings = settings;
        this.sockets = sockets;
        this.vad = vad;
    }

    @Override
    public String description() {
        String service =
                settings.model() + " at " + settings.account().baseUrl().getHost();
        return vad.map(detector -> detector.description() + " + " + service).orElse(service);
    }

    @Override
    public S2sCapabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public S2sSession open(S2sRequest request, S2sListener listener) {
        CallSetup setup = new CallSetup(settings, request, refused);
        return new RealtimeSession(
                settings,
                request,
                setup,
                rateLimits,
                vad,
                links -> new RealtimeLink(
                        request.callId(),
                        request.loop(),
                        settings.account(),
                        setup,
                        settings.limits().setup(),
                        socket -> sockets.connect(
                                settings.account().realtime("model", settings.model()), request.loop(), socket),
                        links),
                listener);
    }

    /** No sentence can be made ready, but the way there. */
    @Override
    public CompletableFuture<Void> prepare(List<String> sentences, Optional<String> voice, String language) {
        return RealtimeRehearsal.of(settings);
    }

    @Override
    public CompletableFuture<Void> check() {
        return OpenAiCheck.of(settings.account(), settings.model(), RealtimeConfig.MODEL);
    }

    @Override
    public void close() {
        sockets.close();
        vad.ifPresent(VadEngine::close);
    }
}
