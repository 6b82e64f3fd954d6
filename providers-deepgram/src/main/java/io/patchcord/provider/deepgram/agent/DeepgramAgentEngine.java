package io.patchcord.provider.deepgram.agent;

import io.patchcord.agent.spi.S2sCapabilities;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sListener;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import io.patchcord.provider.deepgram.DeepgramErrors;
import io.patchcord.provider.deepgram.KeyCheck;
import io.patchcord.provider.socket.ProviderSockets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Deepgram's Voice Agent: one WebSocket for each call, and no thread. Thread-safe.
 *
 * <p>The service keeps its own idea of how much of a reply was heard when the caller interrupts it, and cannot be told ours;
 * hence no truncation. After a reconnection it is told.
 */
final class DeepgramAgentEngine implements S2sEngine {

    private static final S2sCapabilities CAPABILITIES = new S2sCapabilities(true, true, false);

    private final AgentConfig config;
    private final ProviderSockets sockets = ProviderSockets.create("patchcord-deepgram-agent");

    DeepgramAgentEngine(AgentConfig config) {
        this.config = config;
    }

    @Override
    public String description() {
        return config.description();
    }

    @Override
    public S2sCapabilities capabilities() {
        return CAPABILITIES;
    }

    /**
     * Opens a connection and closes it before any setting is sent: so address and key are tried as calls will use them. A
     * model's key is not; it is Deepgram who uses that.
     */
    @Override
    public CompletableFuture<Void> check() {
        return KeyCheck.byHandshake(
                listener -> sockets.connect(config.request(), Runnable::run, listener),
                new DeepgramErrors(config::withoutKeys));
    }

    /** No sentence can be made ready, but the way there. */
    @Override
    public CompletableFuture<Void> prepare(List<String> sentences, Optional<String> voice, String language) {
        return AgentRehearsal.of(config);
    }

    @Override
    public S2sSession open(S2sRequest request, S2sListener listener) {
        return new DeepgramAgentSession(config, sockets::connect, request, listener);
    }

    @Override
    public void close() {
        sockets.close();
    }
}
