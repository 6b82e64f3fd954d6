package io.patchcord.provider.socket;

/**
 * One WebSocket, from the attempt to connect to its end. Confined to the executor given to {@link ProviderSockets#connect};
 * no method blocks.
 */
public interface ProviderSocket {

    /**
     * Sends a text message; it is on its way when the method returns.
     *
     * @return false if the socket is not open, or congested: more than 1 MiB waits for a peer that does not read. Nothing is
     *     sent then; it can be tried again when half of that has gone
     */
    boolean sendText(String text);

    /**
     * Sends a binary message; it is on its way when the method returns. An empty one is not sent, since services take it for
     * the end of a stream.
     *
     * @param bytes are read after the method has returned and must not change any more
     * @return as for {@link #sendText}; true for an empty message
     */
    boolean sendBinary(byte[] bytes);

    /** Whether messages can be sent: from {@link SocketListener#opened} until the end, or until {@link #close}. */
    boolean isOpen();

    /**
     * Sends a close frame after what was sent before, and ends when the peer has answered it, after 2 s at the latest. No
     * message is heard any more, only {@link SocketListener#closed}. A socket that is not open yet ends at once. Idempotent.
     *
     * @param code 1000, another one of RFC 6455 that may be sent, or 3000 to 4999
     * @param reason cut to the 123 bytes that fit
     * @throws IllegalArgumentException for a code that may not be sent
     */
    void close(int code, String reason);

    /** A socket to nobody, which takes all that is sent and tells nothing: to rehearse with. */
    static ProviderSocket toNobody() {
        return new SocketToNobody();
    }

    /** Ends the connection at once and without a close frame; {@link SocketListener#closed} follows. Idempotent. */
    void abort();
}
