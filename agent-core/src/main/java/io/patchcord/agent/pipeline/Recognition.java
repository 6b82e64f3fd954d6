package io.patchcord.agent.pipeline;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.media.AudioPosition;

/**
 * How a {@link VadListening} gets the words of what the VAD found: from segments, or from a stream. Confined to the call
 * loop.
 */
interface Recognition {

    /** All of the caller's audio, in the format of the call. */
    void accept(AudioFrame frame);

    /** Nothing before this {@linkplain AudioPosition position} will be asked for. */
    void forgetBefore(long position);

    /**
     * Asks for the words between two positions.
     *
     * @param onSettled run later, once
     */
    Part recognize(long from, long to, Runnable onSettled);

    /**
     * Whether a part that turns out to be followed by more speech keeps its words, and the next part begins after it;
     * otherwise the whole is recognised anew.
     */
    boolean keepsParts();

    void close();
}
