package io.patchcord.agent.testing;

import io.patchcord.agent.spi.ProviderException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is to go wrong with the next requests of a scripted engine, one after the other. Thread-safe. */
final class Mishaps {

    /** No answer ever comes. */
    private static final Optional<ProviderException> HANG = Optional.empty();

    private final Queue<Optional<ProviderException>> next = new ArrayDeque<>();

    synchronized void fail(ProviderException error) {
        next.add(Optional.of(error));
    }

    synchronized void hang() {
        next.add(HANG);
    }

    /** Runs what stands for the next request: the failure, nothing at all, or else its success. */
    void next(Consumer<ProviderException> failure, Runnable success) {
        Optional<ProviderException> mishap = poll();
        if (mishap == null) {
            success.run();
        } else {
            mishap.ifPresent(failure);
        }
    }

    @SuppressWarnings("NullableOptional") // Three outcomes: no mishap, a failure, no answer.
    private synchronized @Nullable Optional<ProviderException> poll() {
        return next.poll();
    }
}
