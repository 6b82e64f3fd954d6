package io.patchcord.app.caller;

import java.util.Arrays;

/** All that one side sent, with the time at which each frame left or arrived. Confined to the call's thread until the call is over. */
final class TimedAudio {

    private short[] samples = new short[8_000 * 16];
    private int count;
    private long[] arrivals = new long[512];
    private int[] starts = new int[512];
    private int frames;

    void add(long now, short[] frame) {
        if (count + frame.length > samples.length) {
            samples = Arrays.copyOf(samples, Math.max(2 * samples.length, count + frame.length));
        }
        if (frames == arrivals.length) {
            arrivals = Arrays.copyOf(arrivals, 2 * frames);
            starts = Arrays.copyOf(starts, 2 * frames);
        }
        System.arraycopy(frame, 0, samples, count, frame.length);
        arrivals[frames] = now;
        starts[frames] = count;
        count += frame.length;
        frames++;
    }

    int samples() {
        return count;
    }

    /** The samples from one to before the other. */
    short[] between(int from, int to) {
        return Arrays.copyOfRange(samples, from, Math.min(to, count));
    }

    /** All samples, one after the other. */
    short[] all() {
        return Arrays.copyOf(samples, count);
    }

    /**
     * The samples at the times at which they arrived: silence where nothing came for longer than a moment, so that what is
     * beside it in time is beside it in the array.
     *
     * @param start the time of the first sample
     */
    short[] placed(long start, int hertz) {
        short[] placed = new short[count];
        int end = 0;
        int slack = hertz / 25; // 40 ms of jitter move nothing
        for (int i = 0; i < frames; i++) {
            int length = (i + 1 < frames ? starts[i + 1] : count) - starts[i];
            int due = (int) Math.max(0, (arrivals[i] - start) * hertz / 1_000_000_000L);
            int at = due > end + slack ? due : end;
            if (at + length > placed.length) {
                placed = Arrays.copyOf(placed, Math.max(2 * placed.length, at + length));
            }
            System.arraycopy(samples, starts[i], placed, at, length);
            end = at + length;
        }
        return Arrays.copyOf(placed, end);
    }
}
