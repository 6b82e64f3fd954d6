package io.patchcord.provider.local.pool;

import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fixed number of threads, which give way to those of audio, behind a bounded queue, with a deadline for each job that counts from its submission.
 *
 * <p>A full queue refuses with {@link Kind#BUSY}, a job that is late fails with {@link Kind#TIMEOUT} and does not hold its
 * place in the queue. Whoever cancels the returned future saves the work as well. Thread-safe.
 */
public final class JobPool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JobPool.class);

    private static final int CLOSE_PATIENCE_SECONDS = 10;

    private final String name;
    private final Duration deadline;
    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor clock;

    /** Work that may take long enough to be given up. */
    @FunctionalInterface
    public interface Job<T> {

        /**
         * Does the work.
         *
         * @param abandoned whether nobody waits for the result any more; to be asked now and then
         */
        T run(BooleanSupplier abandoned) throws Exception;
    }

    /**
     * Starts no thread yet; they come with the first jobs.
     *
     * @param name of the threads, and in messages
     */
    public JobPool(String name, int threads, int queue, Duration deadline) {
        this.name = name;
        this.deadline = deadline;
        this.workers = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), NamedThreads.background(name));
        this.clock = new ScheduledThreadPoolExecutor(1, NamedThreads.of(name + "-deadline"));
        this.clock.setRemoveOnCancelPolicy(true);
    }

    /** Queues the job; returns at once. The result completes on a thread of the pool, or fails with a {@link ProviderException}. */
    public <T> CompletableFuture<T> submit(Job<T> job) {
        Task<T> task = new Task<>(job);
        try {
            Future<?> timer = clock.schedule(() -> task.fail(late()), deadline.toNanos(), TimeUnit.NANOSECONDS);
            task.result.whenComplete((value, error) -> {
                timer.cancel(false);
                workers.remove(task);
            });
            workers.execute(task);
        } catch (RejectedExecutionException e) {
            task.fail(workers.isShutdown() ? closed() : busy());
        }
        return task.result;
    }

    private ProviderException late() {
        return new ProviderException(Kind.TIMEOUT, name + " took longer than " + deadline.toMillis() + " ms");
    }

    private ProviderException busy() {
        return new ProviderException(
                Kind.BUSY, name + " is busy: " + workers.getQueue().size() + " jobs wait already");
    }

    private ProviderException closed() {
        return new ProviderException(Kind.UNAVAILABLE, name + " is closed");
    }

    /** Takes no more jobs, fails those that wait, and waits a while until those that run have ended. */
    @Override
    public void close() {
        workers.shutdown();
        for (Runnable waiting : List.copyOf(workers.getQueue())) {
            ((Task<?>) waiting).fail(closed());
        }
        try {
            if (!workers.awaitTermination(CLOSE_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("{} still works {} s after it was closed", name, CLOSE_PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        clock.shutdownNow();
    }

    /** Whether no job runs any more, so that what jobs use can be freed. */
    public boolean isTerminated() {
        return workers.isTerminated();
    }

    /** A job on its way through the queue. */
    private static final class Task<T> implements Runnable {

        private final Job<T> job;
        private final CompletableFuture<T> result = new CompletableFuture<>();

        Task(Job<T> job) {
            this.job = job;
        }

        void fail(ProviderException error) {
            result.completeExceptionally(error);
        }

        @Override
        public void run() {
            if (result.isDone()) {
                return;
            }
            try {
                result.complete(job.run(result::isDone));
            } catch (Exception | LinkageError | OutOfMemoryError e) {
                fail(ProviderException.of(e));
            }
        }
    }
}
