package io.patchcord.audiosocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.UUID;

/**
 * One AudioSocket connection whose UUID is known, without any pacing: what is sent leaves at once, and nothing else does.
 *
 * <p>For programs that keep the clock themselves. Asterisk wants a frame every 20 ms from the first moment to the last,
 * silence included, and plays what it gets when it gets it; {@link AudioSocketCall} does this for those who would rather
 * not. All methods are thread-safe and none blocks.
 */
public interface AudioSocketConnection {

    UUID id();

    InetSocketAddress remoteAddress();

    /** The thread on which the listener is called. */
    EventLoop eventLoop();

    /** False as soon as either side has begun to end the connection. */
    boolean isOpen();

    /**
     * Sends the readable bytes as one frame, in one write. The buffer is copied from, and stays the caller's with its
     * indices as they are.
     *
     * @return false when the frame was dropped, because the connection is ending or the peer does not read
     * @throws IllegalArgumentException when the peer could not take such a frame; to Asterisk: no samples, half samples
     */
    boolean sendAudio(AudioKind kind, ByteBuf pcm);

    /** As {@link #sendAudio(AudioKind, ByteBuf)}, from a part of an array. */
    boolean sendAudio(AudioKind kind, byte[] pcm, int offset, int length);

    /** As {@link #sendAudio(AudioKind, ByteBuf)}, from an array. */
    default boolean sendAudio(AudioKind kind, byte[] pcm) {
        return sendAudio(kind, pcm, 0, pcm.length);
    }

    /**
     * Ends the connection in order, so that Asterisk goes on with its dialplan: hang-up message, end of output, then what
     * still arrives is read and thrown away until the peer closes, or a second or two have passed. The client's side sends
     * no hang-up message, as Asterisk does not.
     */
    void hangup();

    /** Closes at once. Unread input makes this a reset, and a reset makes Asterisk hang up on its caller. */
    void close();
}
