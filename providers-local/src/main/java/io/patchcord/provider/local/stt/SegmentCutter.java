package io.patchcord.provider.local.stt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts long segments where they are quietest, since the model begins to repeat itself beyond half a minute. Stateless. */
final class SegmentCutter {

    private static final int SAMPLE_RATE_HZ = 8_000;
    private static final int MAX_SAMPLES = 20 * SAMPLE_RATE_HZ;
    private static final int MIN_SAMPLES = 10 * SAMPLE_RATE_HZ;
    private static final int QUIET_SAMPLES = SAMPLE_RATE_HZ / 10;

    private SegmentCutter() {}

    /** The samples, in order, in pieces of at most 20 s. */
    static List<short[]> pieces(short[] samples) {
        List<short[]> pieces = new ArrayList<>();
        int from = 0;
        while (samples.length - from > MAX_SAMPLES) {
            int to = quietestSpot(samples, from + MIN_SAMPLES, from + MAX_SAMPLES);
            pieces.add(Arrays.copyOfRange(samples, from, to));
            from = to;
        }
        pieces.add(from == 0 ? samples : Arrays.copyOfRange(samples, from, samples.length));
        return pieces;
    }

    /** The middle of the 100 ms that hold the least energy. */
    private static int quietestSpot(short[] samples, int from, int to) {
        int best = from;
        double least = Double.MAX_VALUE;
        for (int at = from; at + QUIET_SAMPLES <= to; at += QUIET_SAMPLES / 2) {
            double energy = 0;
            for (int i = at; i < at + QUIET_SAMPLES; i++) {
                energy += (double) samples[i] * samples[i];
            }
            if (energy < least) {
                least = energy;
                best = at;
            }
        }
        return best + QUIET_SAMPLES / 2;
    }
}
