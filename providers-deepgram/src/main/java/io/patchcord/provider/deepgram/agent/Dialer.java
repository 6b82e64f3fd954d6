package io.patchcord.provider.deepgram.agent;

import io.patchcord.provider.socket.ProviderSocket;
import io.patchcord.provider.socket.SocketListener;
import io.patchcord.provider.socket.SocketRequest;
import java.util.concurrent.Executor;

/** Opens connections, as {@link io.patchcord.provider.socket.ProviderSockets#connect} does. */
interface Dialer {

    ProviderSocket connect(SocketRequest request, Executor executor, SocketListener listener);
}
