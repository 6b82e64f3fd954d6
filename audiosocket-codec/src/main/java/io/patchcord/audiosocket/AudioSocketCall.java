package io.patchcord.audiosocket;

import java.net.InetSocketAddress;
import java.util.UUID;

/**
 * One call that keeps the rules of the wire by itself: from its first moment to its last a frame leaves every 20 ms at its
 * due time, what {@link #play} was given or silence, and the end is in order.
 *
 * <p>Audio that is played while nothing else waits starts at once, up to 20 ms before its turn on that clock; a relay of
 * live audio so adds no delay, and no silence gets between the frames of a source that is as regular as Asterisk. All
 * methods are thread-safe and none blocks.
 */
public interface AudioSocketCall {

    UUID id();

    InetSocketAddress remoteAddress();

    /** False as soon as either side has begun to end the call. */
    boolean isOpen();

    /**
     * Plays audio after what is already waiting to be played. It may be of any length in whole samples; the call cuts it
     * into frames, and fills up the last one with silence when nothing follows in time. The array is copied.
     *
     * <p>Stay with one kind of audio in a call, that of the audio received. Asterisk before 20.17, 21.12, 22.7 and 23.1
     * takes {@link AudioKind#SLIN8} only.
     *
     * @return false when nothing was queued, because the call is ending or too much is waiting already
     * @throws IllegalArgumentException when the length is odd
     */
    boolean play(AudioKind kind, byte[] pcm);

    /** Drops what is waiting to be played. At most the one frame that was just sent is still heard. */
    void clear();

    /** Ends the call now, in order: Asterisk goes on with its dialplan. */
    void hangup();

    /** Ends the call as soon as all that waits has been played; at once when nothing waits. */
    void hangupAfterPlayout();
}
