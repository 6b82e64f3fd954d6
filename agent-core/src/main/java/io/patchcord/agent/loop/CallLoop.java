package io.patchcord.agent.loop;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * The one thread of a call, with its clock and timer. All state of a call is touched here and nowhere else; other threads
 * enter through {@link #execute}. Tasks must not block: they share the thread with other calls.
 */
public interface CallLoop extends Executor {

    /** Runs the task on the loop, later, in order. Thread-safe. */
    @Override
    void execute(Runnable task);

    /** Whether the calling thread is the loop's. */
    boolean inLoop();

    /** The loop's monotonic clock in nanoseconds; only differences mean anything. Thread-safe. */
    long nanoTime();

    /** Runs the task on the loop when {@link #nanoTime} has reached {@code dueNanos}, or at once if it has. Thread-safe. */
    Timer scheduleAt(long dueNanos, Runnable task);

    /** Runs the task on the loop after the delay. Thread-safe. */
    default Timer schedule(Duration delay, Runnable task) {
        return scheduleAt(nanoTime() + delay.toNanos(), task);
    }

    /** A task that has been scheduled. */
    interface Timer {

        /** Keeps the task from running, if it has not yet. Idempotent. */
        void cancel();
    }
}
