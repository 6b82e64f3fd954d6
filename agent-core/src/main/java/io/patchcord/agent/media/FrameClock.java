package io.patchcord.agent.media;

import java.time.Duration;

/**
 * How late frames were sent, in steps of a millisecond. Confined to the call loop; {@link #snapshot} hands out values.
 */
public final class FrameClock {

    private static final int LAST_BUCKET = 200;
    private static final long NANOS_PER_MS = 1_000_000L;

    private final int[] buckets = new int[LAST_BUCKET + 1];
    private long count;
    private long maxNanos;
    private int stalls;

    void sent(long lateNanos) {
        count++;
        maxNanos = Math.max(maxNanos, lateNanos);
        buckets[(int) Math.min(LAST_BUCKET, lateNanos / NANOS_PER_MS)]++;
    }

    void stalled(long lateNanos) {
        stalls++;
        maxNanos = Math.max(maxNanos, lateNanos);
    }

    public Snapshot snapshot() {
        return new Snapshot(count, percentile(0.50), percentile(0.99), Duration.ofNanos(maxNanos), stalls);
    }

    /** The upper edge of the bucket in which the percentile lies. */
    private Duration percentile(double share) {
        long rank = (long) Math.ceil(count * share);
        long seen = 0;
        for (int ms = 0; ms <= LAST_BUCKET; ms++) {
            seen += buckets[ms];
            if (seen >= rank && count > 0) {
                return Duration.ofMillis(ms + 1L);
            }
        }
        return Duration.ZERO;
    }

    /**
     * The figures of one call.
     *
     * @param frames sent
     * @param p50 lateness, rounded up to a millisecond
     * @param p99 lateness, rounded up to a millisecond
     * @param max lateness
     * @param stalls after which the clock had to be moved
     */
    public record Snapshot(long frames, Duration p50, Duration p99, Duration max, int stalls) {}
}
