package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.VadEngine;
import io.patchcord.agent.spi.VadListener;
import io.patchcord.agent.spi.VadSession;

/**
 * Tells loud from quiet by a floor of noise that it learns: good enough to say when the caller's last word ended, where a
 * recogniser decides whether there was one. Not good enough to find speech. Thread-safe.
 */
final class LoudnessVad implements VadEngine {

    /** Samples of a window: 32 ms. */
    private static final int WINDOW = 256;

    private static final double LOUDEST_FLOOR = 1_500;
    private static final double QUIETEST_FLOOR = 60;
    private static final double ABOVE_FLOOR = 3;

    /** The floor rises by a factor of two in about two seconds. */
    private static final double RISE = 1.011;

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
        return new Session(listener);
    }

    @Override
    public void close() {}

    private static final class Session implements VadSession {

        private final VadListener listener;
        private double floor = QUIETEST_FLOOR;
        private double energy;
        private long samples;
        private boolean closed;

        Session(VadListener listener) {
            this.listener = listener;
        }

        @Override
        public void accept(AudioFrame frame) {
            for (short sample : frame.toSamples()) {
                energy += (double) sample * sample;
                if (++samples % WINDOW == 0) {
                    judge(Math.sqrt(energy / WINDOW));
                    energy = 0;
                }
            }
        }

        private void judge(double loudness) {
            floor = Math.min(LOUDEST_FLOOR, Math.max(QUIETEST_FLOOR, Math.min(loudness, floor * RISE)));
            if (!closed) {
                listener.onWindow(loudness > floor * ABOVE_FLOOR ? 1 : 0, samples);
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
