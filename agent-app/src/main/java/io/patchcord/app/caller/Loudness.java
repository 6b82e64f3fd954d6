package io.patchcord.app.caller;

import java.util.Arrays;

/** Tells sound from silence in linear samples at 8 kHz. */
final class Loudness {

    /** -50 dBFS: above line noise and what companding leaves of silence, below the quietest sound of a word. */
    private static final double SOUND_RMS = 104;

    private static final int BLOCK = 80;

    private Loudness() {}

    /** Whether a received frame is more than silence. */
    static boolean isSound(short[] samples) {
        return rms(samples, 0, samples.length) > SOUND_RMS;
    }

    /** A stretch of samples, from the first to before the last. */
    record Stretch(int from, int to) {
        boolean isEmpty() {
            return from == to;
        }
    }

    /**
     * From the first to the last block of 10 ms in which a recording holds speech; empty if there is nothing but silence.
     * Human recordings hum: so what counts as speech is well above the recording's own floor, and not absurdly far below its
     * loudest word.
     */
    static Stretch speech(short[] samples) {
        double[] blocks = new double[(samples.length + BLOCK - 1) / BLOCK];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = rms(samples, i * BLOCK, Math.min(BLOCK, samples.length - i * BLOCK));
        }
        double threshold = threshold(blocks);
        int first = -1;
        int last = -1;
        for (int i = 0; i < blocks.length; i++) {
            if (blocks[i] > threshold) {
                first = first < 0 ? i : first;
                last = i;
            }
        }
        return first < 0 ? new Stretch(0, 0) : new Stretch(first * BLOCK, Math.min((last + 1) * BLOCK, samples.length));
    }

    private static double threshold(double[] blocks) {
        if (blocks.length == 0) {
            return SOUND_RMS;
        }
        double[] sorted = blocks.clone();
        Arrays.sort(sorted);
        double floor = sorted[sorted.length / 10];
        double loudest = sorted[sorted.length - 1];
        return Math.max(SOUND_RMS, Math.min(4 * floor, loudest / 16));
    }

    private static double rms(short[] samples, int offset, int count) {
        double sum = 0;
        for (int i = offset; i < offset + count; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return count == 0 ? 0 : Math.sqrt(sum / count);
    }
}
