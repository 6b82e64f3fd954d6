package io.patchcord.ari;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.ari.testing.FakeAri;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A listener that writes down what it hears, one signal at a time, in order. */
final class Recorder implements AriListener {

    /** What a listener can hear. */
    sealed interface Signal {}

    record Connected() implements Signal {}

    record Disconnected(DisconnectReason reason, boolean willRetry) implements Signal {}

    record Event(AriEvent event) implements Signal {}

    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    final List<Thread> threads = new CopyOnWriteArrayList<>();

    @Override
    public void onConnected() {
        add(new Connected());
    }

    @Override
    public void onDisconnected(DisconnectReason reason, boolean willRetry) {
        add(new Disconnected(reason, willRetry));
    }

    @Override
    public void onEvent(AriEvent event) {
        add(new Event(event));
    }

    private void add(Signal signal) {
        threads.add(Thread.currentThread());
        signals.add(signal);
    }

    /** The next signal, which must be of this type. */
    <S extends Signal> S next(Class<S> type) {
        try {
            Signal signal = signals.poll(FakeAri.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(signal).as("the next signal").isInstanceOf(type);
            return type.cast(signal);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The next signal, which must be an event of this type. */
    <E extends AriEvent> E nextEvent(Class<E> type) {
        AriEvent event = next(Event.class).event();
        assertThat(event).isInstanceOf(type);
        return type.cast(event);
    }

    /** The next event of this type that is meant; everything before it is passed over. */
    <E extends AriEvent> E await(Class<E> type, Predicate<E> meant) {
        return await(type, meant, passed -> {});
    }

    <E extends AriEvent> E await(Class<E> type, Predicate<E> meant, Consumer<AriEvent> passed) {
        while (true) {
            AriEvent event = next(Event.class).event();
            if (type.isInstance(event) && meant.test(type.cast(event))) {
                return type.cast(event);
            }
            passed.accept(event);
        }
    }

    /** The next signal, if there is one within that time. */
    Optional<Signal> poll(Duration time) {
        try {
            return Optional.ofNullable(signals.poll(time.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    List<Signal> left() {
        return List.copyOf(signals);
    }
}
