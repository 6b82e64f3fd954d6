package io.patchcord.agent.testing;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.VadEngine;
import io.patchcord.agent.spi.VadListener;
import io.patchcord.agent.spi.VadSession;

/**
 * A detector that takes what is loud for speech, in windows of 32 ms of 8 kHz audio. It tells through the loop, as a
 * detector with threads of its own does. Thread-safe.
 */
public final class ScriptedVad implements VadEngine {

    /** Length of a window in samples. */
    public static final int WINDOW = 256;

    private static final double LOUD = 500;

    @Override
    public String description() {
        return "loudness";
    }

    @Override
    public AudioFormat inputFormat() {
        return AudioFormat.SLIN_8K;
    }

    @Override
    public VadSession open(CallLoop loop, VadListener listener) {
        return new Session(loop, listener);
    }

    @Override
    public void close() {}

    private static final class Session implements VadSession {

        private final CallLoop loop;
        private final VadListener listener;
        private double energy;
        private long samples;
        private boolean closed;

        Session(CallLoop loop, VadListener listener) {
            this.loop = loop;
            this.listener = listener;
        }

        @Override
        public void accept(AudioFrame frame) {
            for (short sample : frame.toSamples()) {
                energy += (double) sample * sample;
                if (++samples % WINDOW == 0) {
                    tell(Math.sqrt(energy / WINDOW) > LOUD ? 0.95f : 0.02f, samples);
                    energy = 0;
                }
            }
        }

        private void tell(float probability, long endSample) {
            loop.execute(() -> {
                if (!closed) {
                    listener.onWindow(probability, endSample);
                }
            });
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
