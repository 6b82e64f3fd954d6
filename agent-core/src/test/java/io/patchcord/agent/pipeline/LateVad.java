package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.spi.VadEngine;
import io.patchcord.agent.spi.VadListener;
import io.patchcord.agent.spi.VadSession;
import io.patchcord.agent.testing.ScriptedVad;
import java.time.Duration;

/**
 * A detector of what is loud that needs its time: for one call, since it has one worker.
 *
 * @param late how long after a window it is told
 * @param perWindow how long the work on a window takes, one after the other
 */
record LateVad(Duration late, Duration perWindow) implements VadEngine {

    /** How much audio is judged at once. */
    static final Duration WINDOW = Duration.ofMillis(32);

    @Override
    public String description() {
        return "late";
    }

    @Override
    public AudioFormat inputFormat() {
        return AudioFormat.SLIN_8K;
    }

    @Override
    public VadSession open(CallLoop loop, VadListener listener) {
        return new ScriptedVad().open(loop, new Worker(loop, listener)::work);
    }

    @Override
    public void close() {}

    private final class Worker {

        private final CallLoop loop;
        private final VadListener listener;
        private long freeAt;

        Worker(CallLoop loop, VadListener listener) {
            this.loop = loop;
            this.listener = listener;
            this.freeAt = loop.nanoTime();
        }

        void work(float probability, long endSample) {
            freeAt = Math.max(freeAt, loop.nanoTime()) + perWindow.toNanos();
            loop.scheduleAt(freeAt + late.toNanos(), () -> listener.onWindow(probability, endSample));
        }
    }
}
