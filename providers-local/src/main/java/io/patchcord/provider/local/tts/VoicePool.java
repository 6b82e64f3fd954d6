package io.patchcord.provider.local.tts;

import io.patchcord.agent.spi.ProviderException;
import io.patchcord.provider.local.pool.NamedThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few voices, each with its own thread, that take utterances from one bounded queue in the order of their arrival.
 * Thread-safe.
 */
final class VoicePool implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(VoicePool.class);

    private final BlockingQueue<VoiceJob> queue;
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch warm;
    private final AtomicInteger warmUps;
    private volatile boolean closed;

    /**
     * Makes the voices and starts their threads.
     *
     * @param waiting how many utterances may wait
     * @param warmUps how many utterances to speak to nobody first, so that HotSpot has compiled the voice by the first
     *     call; less when real work arrives
     */
    VoicePool(Supplier<? extends FliteVoice> voices, int size, int waiting, int warmUps) {
        this.queue = new LinkedBlockingQueue<>(waiting);
        this.warmUps = new AtomicInteger(warmUps);
        this.warm = new CountDownLatch(size);
        ThreadFactory factory = NamedThreads.background("patchcord-tts");
        for (int i = 0; i < size; i++) {
            FliteVoice voice = voices.get();
            threads.add(factory.newThread(() -> run(voice)));
        }
        threads.forEach(Thread::start);
    }

    /** Waits until the voices are warm, or for the given time; tells which. */
    boolean awaitWarm(Duration longest) {
        try {
            return warm.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Queues an utterance.
     *
     * @throws ProviderException of kind BUSY when the queue is full, UNAVAILABLE after close
     */
    void submit(VoiceJob job) {
        if (closed) {
            throw new ProviderException(ProviderException.Kind.UNAVAILABLE, "the local voice is closed");
        }
        if (!queue.offer(job)) {
            throw new ProviderException(
                    ProviderException.Kind.BUSY,
                    "the local voice is busy: " + threads.size() + " utterances are being made and " + queue.size()
                            + " wait; see LOCAL_TTS_THREADS and LOCAL_TTS_QUEUE");
        }
    }

    /** Ends the job; if it waits, its place is free at once. */
    void cancel(VoiceJob job) {
        job.cancel();
        queue.remove(job);
    }

    private void run(FliteVoice voice) {
        try (voice) {
            warmUp(voice);
            warm.countDown();
            while (!closed) {
                run(voice, queue.take());
            }
        } catch (InterruptedException e) {
            log.debug("{} ends", Thread.currentThread().getName());
        } finally {
            warm.countDown();
        }
    }

    /** Whatever a listener throws, such as a call loop that is gone, must not cost us the thread. */
    private static void run(FliteVoice voice, VoiceJob job) {
        try {
            job.run(voice);
        } catch (RuntimeException e) {
            log.warn("an utterance was made for somebody who did not take it", e);
        }
    }

    private void warmUp(FliteVoice voice) {
        int left;
        while (!closed && queue.isEmpty() && (left = warmUps.getAndDecrement()) > 0) {
            voice.speak(WarmUp.sentence(left), (samples, count) -> !closed, () -> {});
        }
    }

    /** Ends the threads; what is being spoken breaks off, what waits is dropped. */
    @Override
    public void close() {
        closed = true;
        queue.clear();
        threads.forEach(Thread::interrupt);
    }
}
