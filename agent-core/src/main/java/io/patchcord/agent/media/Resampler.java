package io.patchcord.agent.media;

import java.util.Arrays;
import java.util.Objects;

/**
 * Converts one stream of linear samples from one rate to another, band-limited: made for 8, 16, 24 and 48 kHz in every
 * pair, and able to do others that are related, as 22.05 to 16 kHz.
 *
 * <p>What the lower rate cannot hold is at least 60 dB down, what lies below 0.425 of it (3.4 kHz of 8) passes within
 * 0.5 dB, and the signal is late by 23 samples of the lower rate (2.9 ms at 8 kHz, 1.4 ms at 16 kHz). It works sample by
 * sample: however a stream is cut into pieces, the same samples come out. Keep one for each stream and direction, never one
 * for each frame. Where both rates are the same it copies.
 *
 * <p>Confined to one thread at a time. {@link #process} allocates nothing.
 */
public final class Resampler {

    /** Input samples handled in one go. */
    private static final int BLOCK = 960;

    private final int fromHz;
    private final int toHz;
    private final PolyphaseFilter filter;
    private final boolean identity;
    /** The last samples of the blocks before, then the block at hand. */
    private final float[] window;

    private final int history;
    /** Where the next output sample lies, in steps of the common rate from the first sample of the coming input. */
    private int position;

    /** @throws IllegalArgumentException if the rates have too little in common */
    public Resampler(int fromHz, int toHz) {
        this.fromHz = new AudioFormat(AudioFormat.Encoding.SLIN, fromHz).sampleRateHz();
        this.toHz = new AudioFormat(AudioFormat.Encoding.SLIN, toHz).sampleRateHz();
        this.identity = fromHz == toHz;
        this.filter = PolyphaseFilter.between(fromHz, toHz);
        this.history = filter.tapsPerPhase() - 1;
        this.window = new float[history + BLOCK];
    }

    public int fromHz() {
        return fromHz;
    }

    public int toHz() {
        return toHz;
    }

    /** How many samples {@link #process} will write for the next {@code count} ones. */
    public int outputCount(int count) {
        if (identity) {
            return count;
        }
        long steps = (long) count * filter.up() - position;
        return steps <= 0 ? 0 : Math.toIntExact((steps + filter.down() - 1) / filter.down());
    }

    /** At most how many samples {@link #process} ever writes for {@code count} ones: the room to reserve. */
    public int maxOutputCount(int count) {
        return Math.toIntExact(((long) count * filter.up() + filter.down() - 1) / filter.down());
    }

    /** How many output samples the signal is late, rounded. */
    public int delaySamples() {
        return identity ? 0 : Math.round(history / 2f * toHz / fromHz);
    }

    /** For how many input samples a sample has an effect on the output. */
    int memorySamples() {
        return history;
    }

    /**
     * Takes the next samples of the stream.
     *
     * @return how many samples were written to {@code out}
     * @throws IndexOutOfBoundsException if {@code out} has too little room; nothing has been taken then
     */
    public int process(short[] in, int offset, int count, short[] out, int outOffset) {
        Objects.checkFromIndexSize(offset, count, in.length);
        int produced = outputCount(count);
        if (outOffset < 0 || outOffset + produced > out.length) {
            throw new IndexOutOfBoundsException(count + " samples become " + produced + ", but the output has room for "
                    + (out.length - outOffset));
        }
        if (identity) {
            System.arraycopy(in, offset, out, outOffset, count);
            return count;
        }
        int written = 0;
        for (int done = 0; done < count; done += BLOCK) {
            int block = Math.min(BLOCK, count - done);
            for (int i = 0; i < block; i++) {
                window[history + i] = in[offset + done + i];
            }
            written += filterBlock(block, out, outOffset + written);
        }
        return written;
    }

    /** {@link #process} with arrays of its own. */
    public short[] process(short[] in) {
        short[] out = new short[outputCount(in.length)];
        process(in, 0, in.length, out, 0);
        return out;
    }

    /** Forgets the stream; the next sample begins a new one. */
    public void reset() {
        Arrays.fill(window, 0, history, 0);
        position = 0;
    }

    private int filterBlock(int block, short[] out, int outOffset) {
        int up = filter.up();
        int end = block * up;
        int at = position;
        int next = outOffset;
        while (at < end) {
            int newest = at / up;
            out[next++] = clamp(filter.apply(at - newest * up, window, newest));
            at += filter.down();
        }
        position = at - end;
        System.arraycopy(window, block, window, 0, history);
        return next - outOffset;
    }

    private static short clamp(float value) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(value)));
    }
}
