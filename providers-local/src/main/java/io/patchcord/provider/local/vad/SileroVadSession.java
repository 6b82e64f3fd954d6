package io.patchcord.provider.local.vad;

import static io.patchcord.provider.local.vad.SileroState.CONTEXT_SAMPLES;
import static io.patchcord.provider.local.vad.SileroState.INPUT_SAMPLES;
import static io.patchcord.provider.local.vad.SileroState.WINDOW_SAMPLES;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.VadListener;
import io.patchcord.agent.spi.VadSession;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts a call's audio into windows of 32 ms on its loop, has them judged on the pool one after another, and reports on the
 * loop. Windows are used over and over, so a call makes next to no garbage while it lasts.
 *
 * <p>Confined to the call loop, but for {@link #judgeWaiting}, which runs on one thread of the pool at a time.
 */
final class SileroVadSession implements VadSession {

    private static final Logger LOG = LoggerFactory.getLogger(SileroVadSession.class);

    /** How far the pool may lag behind, 4 s, before the oldest windows are given up. */
    private static final int MAX_WAITING = 125;

    private static final float SCALE = 1 / 32_768f;

    private final SileroState state;
    private final Executor pool;
    private final CallLoop loop;
    private final VadListener listener;

    private final Queue<Window> free = new ArrayDeque<>();
    private final Queue<Window> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Queue<Window> judged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger rounds = new AtomicInteger();
    private volatile boolean closed;

    private Window filling = new Window();
    private int filled = CONTEXT_SAMPLES;
    private long samples;
    private boolean lagReported;
    private boolean failureReported;

    SileroVadSession(SileroState state, Executor pool, CallLoop loop, VadListener listener) {
        this.state = state;
        this.pool = pool;
        this.loop = loop;
        this.listener = listener;
    }

    @Override
    public void accept(AudioFrame frame) {
        if (!frame.format().equals(AudioFormat.SLIN_8K)) {
            throw new IllegalArgumentException(frame + " given to a detector that takes " + AudioFormat.SLIN_8K);
        }
        if (closed) {
            return;
        }
        byte[] data = frame.data();
        for (int i = 0; i < data.length; i += 2) {
            filling.samples[filled++] = ((data[i] & 0xFF) | data[i + 1] << 8) * SCALE;
            if (filled == INPUT_SAMPLES) {
                queueFilled();
            }
        }
    }

    private void queueFilled() {
        Window window = filling;
        samples += WINDOW_SAMPLES;
        window.endSample = samples;
        filling = takeFree();
        System.arraycopy(window.samples, WINDOW_SAMPLES, filling.samples, 0, CONTEXT_SAMPLES);
        filled = CONTEXT_SAMPLES;
        while (!waiting.offer(window)) {
            giveUpOldest();
        }
        schedule();
    }

    private Window takeFree() {
        Window window = free.poll();
        return window != null ? window : new Window();
    }

    private void giveUpOldest() {
        Window oldest = waiting.poll();
        if (oldest != null) {
            free.add(oldest);
        }
        if (!lagReported) {
            lagReported = true;
            LOG.warn("voice activity detection lags 4 s behind, windows are left out: this machine has too many calls");
        }
    }

    /** Has the pool look at what waits; while it is at it, it is only told to look once more. */
    private void schedule() {
        if (rounds.getAndIncrement() == 0) {
            try {
                pool.execute(this::judgeWaiting);
            } catch (RejectedExecutionException e) {
                closed = true;
                state.close();
            }
        }
    }

    private void judgeWaiting() {
        int seen = rounds.get();
        do {
            for (Window window = waiting.poll(); window != null && !closed; window = waiting.poll()) {
                judge(window);
            }
            if (closed) {
                state.close();
            }
            seen = rounds.addAndGet(-seen);
        } while (seen != 0);
    }

    private void judge(Window window) {
        try {
            window.probability = state.probability(window.samples);
            judged.add(window);
            loop.execute(this::reportJudged);
        } catch (RuntimeException e) {
            if (!failureReported) {
                failureReported = true;
                LOG.error("the call goes on without voice activity detection", e);
            }
        }
    }

    private void reportJudged() {
        for (Window window = judged.poll(); window != null; window = judged.poll()) {
            if (!closed) {
                listener.onWindow(window.probability, window.endSample);
            }
            free.add(window);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            schedule();
        }
    }

    /** 32 ms of audio with the 4 ms before them; handed from the loop to the pool and back. */
    private static final class Window {
        final float[] samples = new float[INPUT_SAMPLES];
        long endSample;
        float probability;
    }
}
