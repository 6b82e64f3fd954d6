package io.patchcord.provider.deepgram;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * How often a connection may still be told to flush: Deepgram passes over the twenty-first Flush within a minute, and a clause
 * behind it would never end. Two are kept in reserve, as the service's minute is not ours. Confined to the call loop.
 */
final class FlushBudget {

    static final int MOST = 18;

    private static final Duration WINDOW = Duration.ofSeconds(60);

    private final Queue<Long> spent = new ArrayDeque<>();

    /** Takes one if there is one. */
    boolean take(long nowNanos) {
        Long oldest = spent.peek();
        while (oldest != null && nowNanos - oldest >= WINDOW.toNanos()) {
            spent.remove();
            oldest = spent.peek();
        }
        return spent.size() < MOST && spent.add(nowNanos);
    }
}
