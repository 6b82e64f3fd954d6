package io.patchcord.audiosocket;

import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One {@link Pacer} for each event loop. Thread-safe. */
final class Pacers {

    private final Map<EventLoop, Pacer> pacers = new ConcurrentHashMap<>();

    Pacer of(EventLoop loop) {
        return pacers.computeIfAbsent(loop, Pacer::new);
    }
}
