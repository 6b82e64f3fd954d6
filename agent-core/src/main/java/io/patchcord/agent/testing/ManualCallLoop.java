package io.patchcord.agent.testing;

import io.patchcord.agent.loop.CallLoop;
import java.time.Duration;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A call loop in virtual time: nothing runs until the test says so, and an hour passes in a millisecond.
 *
 * <p>{@link #execute} and {@link #scheduleAt} are thread-safe; the methods that let time pass belong to the test's thread,
 * which is the loop's thread as well.
 */
public final class ManualCallLoop implements CallLoop {

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private final Thread thread = Thread.currentThread();
    private long now;
    private long sequence;

    @Override
    public synchronized void execute(Runnable task) {
        tasks.add(new Task(now, sequence++, task));
    }

    @Override
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized Timer scheduleAt(long dueNanos, Runnable task) {
        Task scheduled = new Task(Math.max(dueNanos, now), sequence++, task);
        tasks.add(scheduled);
        return () -> remove(scheduled);
    }

    /** Runs what is due now, and what that brings with it, without moving the clock. */
    public void runPending() {
        advance(Duration.ZERO);
    }

    /** Lets this much time pass, running each task at its own time. */
    public void advance(Duration duration) {
        long end = nanoTime() + duration.toNanos();
        for (Task task = takeDue(end); task != null; task = takeDue(end)) {
            task.run.run();
        }
        synchronized (this) {
            now = end;
        }
    }

    /** How many tasks wait for their time: none, once all that was opened on this loop has been closed and is done. */
    public synchronized int waiting() {
        return tasks.size();
    }

    private synchronized @Nullable Task takeDue(long end) {
        Task next = tasks.peek();
        if (next == null || next.dueNanos > end) {
            return null;
        }
        tasks.remove();
        now = Math.max(now, next.dueNanos);
        return next;
    }

    private synchronized void remove(Task task) {
        tasks.remove(task);
    }

    private record Task(long dueNanos, long sequence, Runnable run) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            int byTime = Long.compare(dueNanos, other.dueNanos);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }
}
