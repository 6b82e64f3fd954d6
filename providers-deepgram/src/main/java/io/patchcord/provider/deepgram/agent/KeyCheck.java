package io.patchcord.provider.deepgram.agent;

import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.provider.socket.ProviderSocket;
import io.patchcord.provider.socket.SocketEnd;
import io.patchcord.provider.socket.SocketListener;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Finds out whether a handshake succeeds. Used once; lives on the thread of its socket. */
final class KeyCheck implements SocketListener {

    private static final Executor AT_ONCE = Runnable::run;

    private final AgentConfig config;
    private final CompletableFuture<Void> result = new CompletableFuture<>();
    private final AtomicReference<@Nullable ProviderSocket> socket = new AtomicReference<>();

    KeyCheck(AgentConfig config) {
        this.config = config;
    }

    void run(Dialer dialer) {
        socket.set(dialer.connect(config.request(), AT_ONCE, this));
        closeIfDone();
    }

    /** Completes when the key is taken, or fails with the reason. */
    CompletableFuture<Void> result() {
        return result;
    }

    @Override
    public void opened(Map<String, String> responseHeaders) {
        result.complete(null);
        closeIfDone();
    }

    @Override
    public void text(String message) {}

    @Override
    public void binary(byte[] message) {}

    @Override
    public void closed(SocketEnd end) {
        ProviderException error = new ServiceErrors(config::withoutKeys).of(end).error();
        result.completeExceptionally(
                error.kind() == Kind.UNAUTHORIZED
                        ? new ProviderException(error.kind(), AgentConfig.KEY + " is not taken: " + error.getMessage())
                        : error);
    }

    /** The answer may come before the socket is known here. */
    private void closeIfDone() {
        ProviderSocket opened = result.isDone() ? socket.getAndSet(null) : null;
        if (opened != null) {
            opened.close(1000, "");
        }
    }
}
