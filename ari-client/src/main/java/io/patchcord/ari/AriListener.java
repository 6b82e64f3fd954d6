package io.patchcord.ari;

/**
 * Hears of events and of the state of the events socket.
 *
 * <p>All calls come one after the other on one thread of the client, which does nothing else. A slow listener delays
 * the events behind it; when more than the configured number wait, the client gives the socket up and connects anew
 * ({@link DisconnectReason.Kind#OVERFLOW}). An exception is logged and does no harm. After {@link AriClient#close()}
 * there is no call any more.
 */
public interface AriListener {

    /**
     * The socket is open and the applications are registered. Events were missed before this: compare with
     * {@link Channels#list()} and {@link Bridges#list()}.
     */
    default void onConnected() {}

    /**
     * The socket was lost, or an attempt to open it failed. Called again for each further attempt that fails.
     *
     * @param willRetry whether the client tries again by itself
     */
    default void onDisconnected(DisconnectReason reason, boolean willRetry) {}

    void onEvent(AriEvent event);
}
