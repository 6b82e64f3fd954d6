package io.patchcord.provider.local.vad;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.spi.VadEngine;
import io.patchcord.agent.spi.VadListener;
import io.patchcord.agent.spi.VadSession;
import io.patchcord.provider.local.onnx.OnnxModel;
import io.patchcord.provider.local.pool.NamedThreads;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Silero v6 at 8 kHz: one model for all calls, on threads of its own, so that no detection ever waits behind a recognition.
 * Thread-safe.
 */
public final class SileroVadEngine implements VadEngine {

    private static final int CLOSE_PATIENCE_SECONDS = 10;

    private final OrtSession model;
    private final int threads;
    private final ThreadPoolExecutor pool;
    private final AtomicBoolean freed = new AtomicBoolean();

    /**
     * Loads the model.
     *
     * @throws io.patchcord.agent.spi.ProviderException if it cannot be loaded
     */
    public SileroVadEngine(int threads) {
        this.model = OnnxModel.load(SileroVadEngine.class, "silero.onnx");
        this.threads = threads;
        // Each call has at most one task in the queue, whatever it has to catch up with: that is the bound.
        this.pool = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), NamedThreads.of("patchcord-vad"));
        warmUp();
    }

    private void warmUp() {
        try (SileroState state = new SileroState(model)) {
            state.probability(new float[SileroState.INPUT_SAMPLES]);
        }
    }

    @Override
    public String description() {
        return "Silero VAD v6, " + threads + (threads == 1 ? " thread" : " threads");
    }

    @Override
    public AudioFormat inputFormat() {
        return AudioFormat.SLIN_8K;
    }

    @Override
    public VadSession open(CallLoop loop, VadListener listener) {
        return new SileroVadSession(new SileroState(model), pool, loop, listener);
    }

    @Override
    public void close() {
        pool.shutdown();
        try {
            // Freeing a model that is at work would take the whole process down.
            if (pool.awaitTermination(CLOSE_PATIENCE_SECONDS, TimeUnit.SECONDS) && freed.compareAndSet(false, true)) {
                model.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (OrtException e) {
            throw new IllegalStateException("the VAD model does not close", e);
        }
    }
}
