package io.patchcord.provider.openai;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.provider.socket.ProviderSocket;
import io.patchcord.provider.socket.ProviderSockets;
import io.patchcord.provider.socket.SocketListener;
import io.patchcord.provider.socket.SocketRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Sockets of an engine's own, which carry the account's key. Thread-safe. */
final class NettySockets implements RealtimeSockets {

    private final ProviderSockets sockets = ProviderSockets.create("openai");
    private final OpenAiAccount account;
    private final Duration handshakeLimit;

    NettySockets(OpenAiAccount account, Duration handshakeLimit) {
        this.account = account;
        this.handshakeLimit = handshakeLimit;
    }

    @Override
    public ProviderSocket connect(URI address, CallLoop loop, SocketListener listener) {
        SocketRequest request = SocketRequest.to(address).withHandshakeTimeout(handshakeLimit);
        for (Map.Entry<String, String> header : account.headers().entrySet()) {
            request = request.header(header.getKey(), header.getValue());
        }
        return sockets.connect(request, loop, listener);
    }

    @Override
    public void close() {
        sockets.close();
    }
}
