package io.patchcord.audiosocket;

import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts refused connections, and logs at most one line a minute for each reason. Thread-safe. */
final class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(AudioSocketServer.class);
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Map<Refusal, Tally> tallies = new EnumMap<>(Refusal.class);

    synchronized void refuse(Refusal refusal, InetSocketAddress remote) {
        tallies.computeIfAbsent(refusal, reason -> new Tally()).add(refusal, remote);
    }

    synchronized Map<Refusal, Long> counts() {
        Map<Refusal, Long> counts = new EnumMap<>(Refusal.class);
        tallies.forEach((refusal, tally) -> counts.put(refusal, tally.count));
        return counts;
    }

    private static final class Tally {

        private long count;
        private long unlogged;
        private long quietUntil;

        void add(Refusal refusal, InetSocketAddress remote) {
            long now = System.nanoTime();
            count++;
            if (count > 1 && now - quietUntil < 0) {
                unlogged++;
                return;
            }
            LOG.warn(
                    "Refused a connection from {}: {} ({} more since the last line)",
                    remote,
                    refusal.because(),
                    unlogged);
            unlogged = 0;
            quietUntil = now + QUIET_NANOS;
        }
    }
}
