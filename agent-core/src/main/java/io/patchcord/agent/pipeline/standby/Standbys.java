package io.patchcord.agent.pipeline.standby;

import io.patchcord.agent.spi.Engine;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Engines of one kind that stand in for each other, the preferred one first. Owns them. Shared by all calls; thread-safe. */
public final class Standbys<E extends Engine> {

    private final List<Standby<E>> all;

    /** One of them, with what is known of its health. Each is itself, however alike the engines are. */
    public static final class Standby<E extends Engine> {

        private final E engine;
        private final Breaker breaker;

        private Standby(E engine, Breaker breaker) {
            this.engine = engine;
            this.breaker = breaker;
        }

        public E engine() {
            return engine;
        }

        public Breaker breaker() {
            return breaker;
        }
    }

    public Standbys(List<? extends E> engines, Breaker.Rests rests, LongSupplier clock) {
        if (engines.isEmpty()) {
            throw new IllegalArgumentException("no engine: give at least one");
        }
        this.all = engines.stream()
                .map(engine -> new Standby<E>(engine, new Breaker(rests, clock)))
                .toList();
    }

    public List<Standby<E>> all() {
        return all;
    }

    public Standby<E> preferred() {
        return all.get(0);
    }

    /**
     * Whom to try next: the first that is none of these and does not rest; else the one that has rested most, since nobody
     * else is left. Empty when all have been tried.
     */
    public Optional<Standby<E>> choose(Set<Standby<E>> tried) {
        List<Standby<E>> left =
                all.stream().filter(standby -> !tried.contains(standby)).toList();
        for (Standby<E> standby : left) {
            if (standby.breaker().mayTry()) {
                return Optional.of(standby);
            }
        }
        Comparator<Standby<E>> byRest =
                Comparator.comparing(standby -> standby.breaker().restLeft(), Duration::compareTo);
        return left.stream().min(byRest);
    }

    public String description() {
        return all.stream().map(standby -> standby.engine().description()).collect(Collectors.joining(", or else "));
    }

    public CompletableFuture<Void> check() {
        return Checks.anyOf(all.stream().map(Standby::engine).toList());
    }

    public void close() {
        all.forEach(standby -> standby.engine().close());
    }
}
