package io.patchcord.provider.socket;

import java.util.Map;

/** Hears what comes over one socket: on the executor given to {@link ProviderSockets#connect}, in order. */
public interface SocketListener {

    /**
     * The socket is open; once, and before any message.
     *
     * @param responseHeaders of the answer to the handshake, names in lower case, values of one name joined by commas
     */
    void opened(Map<String, String> responseHeaders);

    /** A whole text message; fragments are joined. Bytes that are not UTF-8 come as U+FFFD. */
    void text(String message);

    /** A whole binary message; fragments are joined. The array belongs to the listener. */
    void binary(byte[] message);

    /** The socket has ended, or could not be opened. Exactly once, and last. */
    void closed(SocketEnd end);
}
