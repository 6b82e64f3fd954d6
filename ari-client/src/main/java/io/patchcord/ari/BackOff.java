package io.patchcord.ari;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: twice as long each time up to a maximum, and a random part of up to half of
 * it taken off, so that agents which lost the same Asterisk do not all come back in the same instant. Not thread-safe.
 */
final class BackOff {

    private final Duration initial;
    private final Duration maximum;
    private final RandomGenerator random;
    private Duration next;

    BackOff(Duration initial, Duration maximum, RandomGenerator random) {
        if (initial.isNegative() || initial.isZero() || maximum.compareTo(initial) < 0) {
            throw new IllegalArgumentException(
                    "back-off from " + initial + " to " + maximum + ": give 0 < initial <= maximum");
        }
        this.initial = initial;
        this.maximum = maximum;
        this.random = random;
        this.next = initial;
    }

    Duration nextDelay() {
        Duration delay = next;
        Duration doubled = delay.multipliedBy(2);
        next = doubled.compareTo(maximum) > 0 ? maximum : doubled;
        return jittered(delay);
    }

    /** For failures that will not mend by themselves. */
    Duration longDelay() {
        return jittered(maximum);
    }

    /** The wait after the loss of a connection: a first one when it has held for longer than the longest wait. */
    Duration delayAfterLoss(Duration held) {
        if (held.compareTo(maximum) > 0) {
            next = initial;
        }
        return nextDelay();
    }

    private Duration jittered(Duration delay) {
        long nanos = delay.toNanos();
        return Duration.ofNanos(nanos - random.nextLong(nanos / 2 + 1));
    }
}
