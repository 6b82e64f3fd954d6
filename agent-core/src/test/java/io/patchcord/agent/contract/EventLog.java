package io.patchcord.agent.contract;

import io.patchcord.agent.loop.CallLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What an engine told, in order, together with what it did wrong: telling off the loop, or from within a call that it was
 * to return from first. Thread-safe.
 */
public final class EventLog<E> {

    private static final long TIMEOUT_SECONDS = 30;

    private final CallLoop loop;
    private final List<E> events = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private boolean quiet;

    public EventLog(CallLoop loop) {
        this.loop = loop;
    }

    public synchronized void add(E event) {
        events.add(event);
        if (!loop.inLoop()) {
            violations.add(event + " came on thread " + Thread.currentThread().getName() + ", not on the call loop");
        }
        if (quiet) {
            violations.add(event + " came before the call that brought it about had returned");
        }
        notifyAll();
    }

    /** Runs a call during which nothing may come. */
    public void quietly(Runnable call) {
        setQuiet(true);
        try {
            call.run();
        } finally {
            setQuiet(false);
        }
    }

    public synchronized List<E> events() {
        return List.copyOf(events);
    }

    /** Waits until the events so far satisfy the condition. */
    public synchronized List<E> await(String what, Predicate<List<E>> condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!condition.test(List.copyOf(events))) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("waited " + TIMEOUT_SECONDS + " s for " + what + "; saw " + events);
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + what, e);
            }
        }
        return List.copyOf(events);
    }

    /** What the engine did wrong, in words. */
    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    private synchronized void setQuiet(boolean quiet) {
        this.quiet = quiet;
    }
}
