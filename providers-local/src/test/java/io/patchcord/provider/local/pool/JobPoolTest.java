package io.patchcord.provider.local.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchcord.agent.spi.ProviderException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class JobPoolTest {

    private static final Duration LONG = Duration.ofSeconds(15);

    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @Test
    void job_completesWithItsResult() throws Exception {
        try (JobPool pool = new JobPool("work", 1, 1, LONG)) {
            assertThat(pool.submit(abandoned -> 42).get()).isEqualTo(42);
        }
    }

    @Test
    void fullQueue_refusesWithBusy() throws Exception {
        try (JobPool pool = new JobPool("work", 1, 1, LONG)) {
            // Given one job that runs and one that waits
            CompletableFuture<String> running = pool.submit(this::untilReleased);
            started.await();
            CompletableFuture<String> waiting = pool.submit(abandoned -> "second");
            // When a third one comes
            CompletableFuture<String> refused = pool.submit(abandoned -> "third");
            // Then it is refused at once, and the others are not touched
            assertThat(failureOf(refused).kind()).isEqualTo(ProviderException.Kind.BUSY);
            release.countDown();
            assertThat(running.get()).isEqualTo("first");
            assertThat(waiting.get()).isEqualTo("second");
        }
    }

    @Test
    void lateJob_failsWithTimeoutAndIsToldThatNobodyWaits() throws Exception {
        try (JobPool pool = new JobPool("work", 1, 1, Duration.ofMillis(50))) {
            CountDownLatch noticed = new CountDownLatch(1);
            CompletableFuture<String> late = pool.submit(abandoned -> {
                while (!abandoned.getAsBoolean()) {
                    Thread.onSpinWait();
                }
                noticed.countDown();
                return "too late";
            });
            assertThat(failureOf(late).kind()).isEqualTo(ProviderException.Kind.TIMEOUT);
            assertThat(noticed.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void jobThatIsLateInTheQueue_givesItsPlaceBackAndNeverRuns() throws Exception {
        try (JobPool pool = new JobPool("work", 1, 1, Duration.ofMillis(200))) {
            // Given a worker that is held up, and a job that waits until its deadline
            CompletableFuture<String> held = pool.submit(this::untilReleased);
            started.await();
            AtomicBoolean ran = new AtomicBoolean();
            CompletableFuture<Boolean> waiting = pool.submit(abandoned -> ran.getAndSet(true));
            assertThat(failureOf(waiting).kind()).isEqualTo(ProviderException.Kind.TIMEOUT);
            // When another one comes
            CompletableFuture<String> next = pool.submit(abandoned -> "next");
            release.countDown();
            // Then it has the place
            assertThat(next.get()).isEqualTo("next");
            assertThat(ran).isFalse();
            assertThat(failureOf(held).kind()).isEqualTo(ProviderException.Kind.TIMEOUT);
        }
    }

    @Test
    void cancelledJob_isNotRun() throws Exception {
        try (JobPool pool = new JobPool("work", 1, 2, LONG)) {
            CompletableFuture<String> running = pool.submit(this::untilReleased);
            started.await();
            AtomicBoolean ran = new AtomicBoolean();
            pool.submit(abandoned -> ran.getAndSet(true)).cancel(false);
            release.countDown();
            assertThat(running.get()).isEqualTo("first");
            assertThat(pool.submit(abandoned -> "after").get()).isEqualTo("after");
            assertThat(ran).isFalse();
        }
    }

    @Test
    void failingJob_failsWithProviderException() {
        try (JobPool pool = new JobPool("work", 1, 1, LONG)) {
            CompletableFuture<Object> failing = pool.submit(abandoned -> {
                throw new IllegalStateException("broken model");
            });
            ProviderException error = failureOf(failing);
            assertThat(error.kind()).isEqualTo(ProviderException.Kind.INTERNAL);
            assertThat(error).hasMessageContaining("broken model");
        }
    }

    @Test
    void close_failsWhatWaitsAndRefusesWhatComes() throws Exception {
        JobPool pool = new JobPool("work", 1, 1, LONG);
        CompletableFuture<String> running = pool.submit(this::untilReleased);
        started.await();
        CompletableFuture<String> waiting = pool.submit(abandoned -> "never");
        Thread closing = new Thread(pool::close);
        closing.start();
        assertThat(failureOf(waiting).kind()).isEqualTo(ProviderException.Kind.UNAVAILABLE);
        assertThat(failureOf(pool.submit(abandoned -> "never")).kind()).isEqualTo(ProviderException.Kind.UNAVAILABLE);
        release.countDown();
        closing.join();
        assertThat(running.get()).isEqualTo("first");
    }

    private String untilReleased(java.util.function.BooleanSupplier abandoned) throws InterruptedException {
        started.countDown();
        assertThat(release.await(15, TimeUnit.SECONDS)).isTrue();
        return "first";
    }

    private static ProviderException failureOf(CompletableFuture<?> future) {
        ExecutionException error = catchThrowableOfType(ExecutionException.class, future::get);
        assertThat(error).isNotNull();
        return (ProviderException) error.getCause();
    }
}
