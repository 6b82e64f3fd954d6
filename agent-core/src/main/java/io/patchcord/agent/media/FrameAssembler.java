package io.patchcord.agent.media;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts audio of any length into frames of exactly one ptime. What does not fill a frame waits for more, or is brought out by
 * a flush. A frame that fits as it is is passed on without a copy.
 *
 * <p>Confined to one thread at a time. Frames go to the consumer in order, within the call that completes them, and belong
 * to it.
 */
public final class FrameAssembler {

    private final AudioFormat format;
    private final int frameBytes;
    private byte[] partial;
    private int filled;

    /** @throws IllegalArgumentException if a ptime of that length holds no sample */
    public FrameAssembler(AudioFormat format, Duration ptime) {
        this.format = format;
        this.frameBytes = format.bytesIn(ptime);
        if (frameBytes <= 0) {
            throw new IllegalArgumentException("a ptime of " + ptime + " holds no sample: 20 ms is usual");
        }
        this.partial = new byte[frameBytes];
    }

    public AudioFormat format() {
        return format;
    }

    /**
     * More audio of the stream.
     *
     * @throws IllegalArgumentException if it has another format: convert it first
     */
    public void add(AudioFrame frame, Consumer<? super AudioFrame> frames) {
        if (!frame.format().equals(format)) {
            throw new IllegalArgumentException(
                    frame + " does not fit a stream of " + format + ": put an AudioConverter in front");
        }
        if (filled == 0 && frame.data().length == frameBytes) {
            frames.accept(frame);
        } else {
            add(frame.data(), 0, frame.data().length, frames);
        }
    }

    /** More bytes of the stream, which need not be whole samples; they are copied. */
    public void add(byte[] data, int offset, int length, Consumer<? super AudioFrame> frames) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int count = Math.min(frameBytes - filled, end - at);
            System.arraycopy(data, at, partial, filled, count);
            filled += count;
            at += count;
            if (filled == frameBytes) {
                passOn(frames);
            }
        }
    }

    /** The length of what waits for more. */
    public Duration pending() {
        return format.durationOf(filled);
    }

    /** Brings out what waits, filled up with silence; nothing if nothing waits. A byte that is no whole sample is dropped. */
    public void flush(Consumer<? super AudioFrame> frames) {
        flush(frames, false);
    }

    /** As {@link #flush}, with the end of the audio faded out: for audio that breaks off. */
    public void flushFaded(Consumer<? super AudioFrame> frames) {
        flush(frames, true);
    }

    /** Forgets what waits. */
    public void clear() {
        filled = 0;
    }

    private void flush(Consumer<? super AudioFrame> frames, boolean faded) {
        filled -= filled % format.bytesPerSample();
        if (filled == 0) {
            return;
        }
        if (faded) {
            AudioFrame rest = AudioFrame.of(format, Arrays.copyOf(partial, filled));
            System.arraycopy(Fade.out(rest, Fade.SHORT).data(), 0, partial, 0, filled);
        }
        Arrays.fill(partial, filled, frameBytes, format.silence());
        passOn(frames);
    }

    /** The state is in order before the consumer runs, which may add more. */
    private void passOn(Consumer<? super AudioFrame> frames) {
        AudioFrame frame = AudioFrame.of(format, partial);
        partial = new byte[frameBytes];
        filled = 0;
        frames.accept(frame);
    }
}
