package io.patchcord.agent.media;

import java.time.Duration;

/**
 * The audio of one call, both ways: over AudioSocket, RTP or Asterisk's WebSocket channel.
 *
 * <p>Life cycle: made, {@link #start started} once, closed by either side. Confined to the call loop, and its listener is
 * called there. It does not pace: that is {@link Playout}'s work, the same for every transport.
 */
public interface MediaPort extends AutoCloseable {

    /** The format both ways. */
    AudioFormat format();

    /** How long one sent frame lasts, normally 20 ms. Received frames have whatever length the caller's side uses. */
    Duration ptime();

    /** Begins to deliver what is received. */
    void start(MediaListener listener);

    /**
     * Sends one frame of one ptime at once.
     *
     * @return false if it was dropped: the port is closed, or the far side does not read
     */
    boolean send(AudioFrame frame);

    /** Discards what the far side has taken but not played, if it can. */
    void flush();

    /** Ends the call's audio in the transport's orderly way. Idempotent; returns at once. */
    @Override
    void close();
}
