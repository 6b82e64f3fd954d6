package io.patchcord.agent.loop;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A loop on a daemon thread of its own, for work that belongs to no call, such as rendering sentences at start. Thread-safe.
 * A task that throws does not end it. After {@link #close} tasks are dropped.
 */
public final class ThreadLoop implements CallLoop, AutoCloseable {

    private final Consumer<Throwable> onFailure;
    private final ScheduledThreadPoolExecutor executor;
    private volatile Thread thread = Thread.currentThread();

    /**
     * @param name of the thread
     * @param onFailure told on the loop what a task has thrown
     */
    public ThreadLoop(String name, Consumer<Throwable> onFailure) {
        this.onFailure = onFailure;
        this.executor = new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.prestartCoreThread();
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(guarded(task));
    }

    @Override
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Timer scheduleAt(long dueNanos, Runnable task) {
        ScheduledFuture<?> future =
                executor.schedule(guarded(task), Math.max(0, dueNanos - nanoTime()), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /** Ends the thread after the task that is running. Idempotent. */
    @Override
    public void close() {
        executor.shutdownNow();
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable e) {
                onFailure.accept(e);
            }
        };
    }
}
