package io.patchcord.provider.deepgram.agent;

import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * When the next try to connect is due, and when there is none any more. Tries follow each other with growing pauses, each
 * of a length of chance, so that the calls of a service that went down do not come back all at once. Confined to the call
 * loop.
 */
final class Reconnection {

    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 1_600;

    /** A connection that lived so long was a good one, and what happens to it is the begin of a new trouble. */
    private static final Duration GOOD_LIFE = Duration.ofSeconds(5);

    private final Duration limit;
    private final DoubleSupplier chance;
    private long troubleNanos;
    private long readyNanos;
    private boolean ready;
    private int tries;

    /**
     * @param limit for one trouble, from its begin to the last try
     * @param chance from 0 to 1
     */
    Reconnection(Duration limit, DoubleSupplier chance, long nowNanos) {
        this.limit = limit;
        this.chance = chance;
        this.troubleNanos = nowNanos;
    }

    void connected(long nowNanos) {
        ready = true;
        readyNanos = nowNanos;
    }

    /**
     * A connection is lost, or could not be had.
     *
     * @param wish of the service, if it named a time
     * @return the pause before the next try; empty if it is no use any more
     */
    Optional<Duration> afterEnd(long nowNanos, Optional<Duration> wish) {
        if (ready && nowNanos - readyNanos >= GOOD_LIFE.toNanos()) {
            troubleNanos = nowNanos;
            tries = 0;
        }
        ready = false;
        long usual = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(tries++, 10));
        Duration pause = Duration.ofMillis((long) (usual * (0.5 + chance.getAsDouble())));
        Duration longer = wish.filter(asked -> asked.compareTo(pause) > 0).orElse(pause);
        boolean inTime = nowNanos - troubleNanos + longer.toNanos() <= limit.toNanos();
        return inTime ? Optional.of(longer) : Optional.empty();
    }
}
