package io.patchcord.provider.openai;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.provider.socket.ProviderSocket;
import io.patchcord.provider.socket.SocketListener;
import java.net.URI;

/** Opens sockets to the Realtime API: real ones, or those of a test. Thread-safe. */
interface RealtimeSockets extends AutoCloseable {

    /** Returns at once; the listener is called on the loop, and later. */
    ProviderSocket connect(URI address, CallLoop loop, SocketListener listener);

    @Override
    void close();
}
