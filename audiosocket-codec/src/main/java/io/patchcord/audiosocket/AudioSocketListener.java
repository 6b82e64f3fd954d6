package io.patchcord.audiosocket;

import io.netty.buffer.ByteBuf;

/**
 * Hears what happens on one {@link AudioSocketConnection}. All calls come on the connection's event loop, one after the
 * other, and none after {@link #onClosed}; they must not block. An exception thrown by a listener ends its connection.
 */
public interface AudioSocketListener {

    /**
     * Audio has arrived: at least one sample, and whole samples (empty audio is left out, an odd last byte is cut off).
     * The length is that of the peer's packets; nothing comes while the peer has nothing to send.
     *
     * @param payload valid during this call only: copy what is to be kept. Its owner is the connection
     */
    default void onAudio(AudioKind kind, ByteBuf payload) {}

    /** The peer released a key. */
    default void onDtmf(char digit) {}

    /** The connection is closed, for good. */
    default void onClosed(CloseReason reason) {}
}
