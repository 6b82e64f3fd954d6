package io.patchcord.agent.testing;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.loop.ThreadLoop;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A call loop on a thread of its own, in real time: for engines whose own threads come back to the loop by themselves.
 * What can be tested in virtual time is better tested on {@link ManualCallLoop}.
 *
 * <p>Thread-safe. Tasks that throw are kept in {@link #failures} and the loop goes on. After {@link #close} tasks are
 * dropped, as those of a call that is over.
 */
public final class ThreadCallLoop implements CallLoop, AutoCloseable {

    private static final long CALL_TIMEOUT_SECONDS = 30;

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final ThreadLoop loop = new ThreadLoop("call-loop", failures::add);

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public boolean inLoop() {
        return loop.inLoop();
    }

    @Override
    public long nanoTime() {
        return loop.nanoTime();
    }

    @Override
    public Timer scheduleAt(long dueNanos, Runnable task) {
        return loop.scheduleAt(dueNanos, task);
    }

    /**
     * Runs the task on the loop and waits for its result; not from the loop itself.
     *
     * @throws IllegalStateException if the task failed (with its cause) or did not end within half a minute
     */
    public <T> T call(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                result.complete(task.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.get(CALL_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the loop", e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the loop did not answer: something blocks it, or it is closed", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the task failed: " + e.getCause(), e.getCause());
        }
    }

    /** Runs the task on the loop and waits for its end; not from the loop itself. */
    public void run(Runnable task) {
        call(() -> {
            task.run();
            return true;
        });
    }

    /** What tasks have thrown so far. */
    public List<Throwable> failures() {
        return List.copyOf(failures);
    }

    /** Ends the thread after the task that is running. */
    @Override
    public void close() {
        loop.close();
    }
}
