package io.patchcord.audiosocket;

import java.net.InetSocketAddress;
import java.util.UUID;

/**
 * One call that keeps the rules of the wire by itself: from its first moment to its last there is 20 ms of audio every 20
 * ms, each frame leaves in one write, and the end is in order.
 *
 * <p>What is to be heard comes in one of two ways. {@link #play} is for audio that is there before its time, such as an
 * announcement or a synthetic voice: it waits, and its frames leave at their due times. {@link #relay} is for live audio,
 * such as an echo or another call: it leaves as it comes. Silence fills what neither fills.
 *
 * <p>Stay with one kind of audio in a call, that of the audio received. Asterisk before 20.17, 21.12, 22.7 and 23.1 takes
 * {@link AudioKind#SLIN8} only. All methods are thread-safe and none blocks.
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
     * @return false when nothing was queued, because the call is ending or too much is waiting already
     * @throws IllegalArgumentException when the length is odd
     */
    boolean play(AudioKind kind, byte[] pcm);

    /**
     * Passes on live audio, at once and as one frame of its own length, in front of what is waiting to be played. A
     * source that is as regular as Asterisk so gets no delay, and no silence between its frames.
     *
     * @return false when the audio was dropped, because the call is ending or the peer does not read
     * @throws IllegalArgumentException when the length is odd, or more than 65,534
     */
    boolean relay(AudioKind kind, byte[] pcm);

    /** Drops what is waiting to be played: no more than the frame that was just sent is still heard. */
    void clear();

    /** Ends the call now, in order: Asterisk goes on with its dialplan. */
    void hangup();

    /** Ends the call as soon as all that waits has been played; at once when nothing waits. */
    void hangupAfterPlayout();
}
