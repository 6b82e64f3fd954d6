package io.patchcord.app.caller;

import java.time.Duration;
import java.util.Arrays;

/** How evenly frames arrived. Confined to the call's thread until the call is over. */
final class FrameClock {

    /** A telephone's jitter buffer holds about so much: a longer gap can be heard. */
    private static final long GAP_NANOS = 40_000_000;

    private long[] arrivals = new long[512];
    /** When each frame would be due if the first had come at 0: the length of all audio before it. */
    private long[] due = new long[512];

    private int count;
    private long audioNanos;

    /**
     * What was measured.
     *
     * @param frames how many arrived
     * @param interval from one frame to the next
     * @param lateness behind an ideal clock of the same start, which the earliest frame of all sets
     * @param gaps intervals of more than 40 ms beyond the frame's own length
     */
    record Figures(int frames, Spread interval, Spread lateness, int gaps) {}

    /** The middle, the edge and the worst. */
    record Spread(Duration p50, Duration p99, Duration max) {

        /** Of these values, in nanoseconds; they are sorted. */
        static Spread of(long[] nanos) {
            if (nanos.length == 0) {
                return new Spread(Duration.ZERO, Duration.ZERO, Duration.ZERO);
            }
            Arrays.sort(nanos);
            return new Spread(percentile(nanos, 50), percentile(nanos, 99), percentile(nanos, 100));
        }

        /** The smallest value that at least so many per cent do not exceed. */
        static Duration percentile(long[] sorted, int percent) {
            int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
            return Duration.ofNanos(sorted[Math.max(0, rank - 1)]);
        }
    }

    void arrived(long now, Duration length) {
        if (count == arrivals.length) {
            arrivals = Arrays.copyOf(arrivals, 2 * count);
            due = Arrays.copyOf(due, 2 * count);
        }
        arrivals[count] = now;
        due[count] = audioNanos;
        audioNanos += length.toNanos();
        count++;
    }

    Figures figures() {
        long[] intervals = new long[Math.max(0, count - 1)];
        long[] lateness = new long[count];
        int gaps = 0;
        long earliest = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            lateness[i] = arrivals[i] - due[i];
            earliest = Math.min(earliest, lateness[i]);
            if (i > 0) {
                intervals[i - 1] = arrivals[i] - arrivals[i - 1];
                long length = due[i] - due[i - 1];
                gaps += intervals[i - 1] - length > GAP_NANOS ? 1 : 0;
            }
        }
        for (int i = 0; i < count; i++) {
            lateness[i] -= earliest;
        }
        return new Figures(count, Spread.of(intervals), Spread.of(lateness), gaps);
    }
}
