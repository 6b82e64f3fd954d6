package io.patchcord.app.overhead;

import java.util.Arrays;
import java.util.Locale;

/** Durations of one kind. Thread-safe. */
final class Samples {

    private long[] nanos = new long[1024];
    private int count;

    synchronized void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = duration;
    }

    /** Forgets what was added so far. */
    synchronized void clear() {
        count = 0;
    }

    @Override
    public synchronized String toString() {
        if (count == 0) {
            return "none";
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "%d, p50 %.2f ms, p99 %.2f ms, max %.2f ms",
                count,
                at(sorted, 0.5),
                at(sorted, 0.99),
                at(sorted, 1));
    }

    private static double at(long[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)] / 1e6;
    }
}
