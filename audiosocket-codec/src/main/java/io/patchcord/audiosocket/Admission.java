package io.patchcord.audiosocket;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who may connect, and how many at a time. Thread-safe. */
final class Admission {

    private final List<Cidr> allowed;
    private final int maxConnections;
    private final int maxPerSource;
    private final Map<InetAddress, Integer> perSource = new HashMap<>();
    private int connections;

    /** An empty list allows everyone. */
    Admission(List<Cidr> allowed, int maxConnections, int maxPerSource) {
        this.allowed = List.copyOf(allowed);
        this.maxConnections = maxConnections;
        this.maxPerSource = maxPerSource;
    }

    /** Counts a connection in, or says why not. Whoever was admitted must {@link #leave}. */
    synchronized Optional<Refusal> enter(InetAddress source) {
        if (!allowed.isEmpty() && allowed.stream().noneMatch(block -> block.contains(source))) {
            return Optional.of(Refusal.NOT_ALLOWED);
        }
        if (connections >= maxConnections) {
            return Optional.of(Refusal.SERVER_FULL);
        }
        if (perSource.getOrDefault(source, 0) >= maxPerSource) {
            return Optional.of(Refusal.SOURCE_FULL);
        }
        connections++;
        perSource.merge(source, 1, Integer::sum);
        return Optional.empty();
    }

    synchronized void leave(InetAddress source) {
        connections--;
        perSource.computeIfPresent(source, (address, count) -> count == 1 ? null : count - 1);
    }

    synchronized int connections() {
        return connections;
    }
}
