package io.patchcord.agent.pipeline.standby;

import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps a provider that fails from being tried by every call: after a failure it rests, each time twice as long, and when
 * the rest is over one call at a time tries it for all others. A service that says when it wants to be asked again is left
 * alone until then; one that refuses the key, for the longest rest at once. Shared by all calls; thread-safe.
 *
 * <p>Our own and not a library's: it counts failures in a row and not a rate, since a provider is opened a few times in an
 * hour on a quiet PBX; the service's own wish counts; and it goes by a clock that tests can move.
 */
public final class Breaker {

    private final Rests rests;
    private final LongSupplier clock;
    private int failures;
    private long restUntil;
    private boolean resting;
    private boolean onTrial;

    /**
     * How long a provider is left alone.
     *
     * @param first after a failure
     * @param longest after many in a row
     */
    public record Rests(Duration first, Duration longest) {

        public Rests {
            if (first.isNegative() || longest.compareTo(first) < 0) {
                throw new IllegalArgumentException(
                        "rests of " + first + " to " + longest + ": the longer one is the second");
            }
        }

        Duration after(int failures) {
            Duration rest = first;
            for (int i = 1; i < failures && rest.compareTo(longest) < 0; i++) {
                rest = rest.multipliedBy(2);
            }
            return rest.compareTo(longest) < 0 ? rest : longest;
        }
    }

    public Breaker(Rests rests, LongSupplier clock) {
        this.rests = rests;
        this.clock = clock;
    }

    /** Whether the provider may be tried now; whoever is told so says afterwards what became of it. */
    public synchronized boolean mayTry() {
        if (!resting) {
            return true;
        }
        if (onTrial || clock.getAsLong() - restUntil < 0) {
            return false;
        }
        onTrial = true;
        return true;
    }

    /** It answers again, though it has not shown yet that it works. */
    public synchronized void answered() {
        resting = false;
        onTrial = false;
    }

    /** It works. */
    public synchronized void worked() {
        answered();
        failures = 0;
    }

    /** It did not work. Being busy passes, and is no failure. */
    public synchronized void failed(ProviderException error) {
        onTrial = false;
        if (error.kind() == Kind.BUSY) {
            return;
        }
        failures++;
        Duration rest = isRefusal(error) ? rests.longest : rests.after(failures);
        Duration wish = error.retryAfter().orElse(Duration.ZERO);
        long until = clock.getAsLong() + (wish.compareTo(rest) > 0 ? wish : rest).toNanos();
        if (!resting || until - restUntil > 0) {
            restUntil = until;
        }
        resting = true;
    }

    /** Whoever tried it wants no answer any more. */
    public synchronized void givenUp() {
        onTrial = false;
    }

    /** How long until it may be tried again, if nobody else does; nothing if it may be now. */
    public synchronized Duration restLeft() {
        return resting ? Duration.ofNanos(Math.max(0, restUntil - clock.getAsLong())) : Duration.ZERO;
    }

    private static boolean isRefusal(ProviderException error) {
        return error.kind() == Kind.UNAUTHORIZED || error.kind() == Kind.CONFIGURATION;
    }
}
