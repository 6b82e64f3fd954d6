package io.patchcord.ari;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which the listener is called. Events queue up to a bound; what tells of the socket's own state is
 * always taken. Thread-safe.
 */
final class EventLoop implements Executor, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EventLoop.class);

    /** How long close waits for a listener that is at work. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private record Task(Runnable work, boolean counted) {}

    private final LinkedBlockingQueue<Task> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger waitingEvents = new AtomicInteger();
    private final ReentrantLock working = new ReentrantLock();
    private final int capacity;
    private final Thread thread;
    private volatile boolean closed;

    EventLoop(String name, int capacity) {
        this.capacity = capacity;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Queues an event; false when too many wait already. Never blocks. */
    boolean offer(Runnable event) {
        if (waitingEvents.incrementAndGet() > capacity) {
            waitingEvents.decrementAndGet();
            return false;
        }
        queue.add(new Task(event, true));
        return true;
    }

    @Override
    public void execute(Runnable work) {
        queue.add(new Task(work, false));
    }

    private void run() {
        while (!closed) {
            try {
                Task task = queue.take();
                if (task.counted) {
                    waitingEvents.decrementAndGet();
                }
                runUnlessClosed(task.work);
            } catch (InterruptedException e) {
                // Nobody but a listener interrupts this thread; the queue has kept everything.
                log.debug("A listener left its thread interrupted", e);
            }
        }
    }

    private void runUnlessClosed(Runnable work) {
        working.lock();
        try {
            if (!closed) {
                work.run();
            }
        } catch (RuntimeException | Error e) {
            // An error too: without this thread every call of the agent would be deaf.
            log.error("A listener failed; the client goes on", e);
        } finally {
            working.unlock();
        }
    }

    /**
     * Ends the loop. When it returns, no work runs any more, unless it was called by that work itself, or the work takes
     * longer than some seconds.
     */
    @Override
    public void close() {
        closed = true;
        try {
            if (working.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                working.unlock();
            } else {
                log.warn("A listener is still at work {} s after the client was closed", PATIENCE.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        queue.clear();
        execute(() -> log.trace("Closed")); // wakes the loop, which then sees that it is over
    }
}
