package io.patchcord.provider.local.tts;

import java.util.Arrays;

/** Keeps what a voice says. */
final class Recording implements PcmSink {

    private short[] samples = new short[0];
    private int pieces;
    private final int stopAfterPieces;

    Recording() {
        this(Integer.MAX_VALUE);
    }

    Recording(int stopAfterPieces) {
        this.stopAfterPieces = stopAfterPieces;
    }

    static short[] of(FliteVoice voice, String text) {
        Recording recording = new Recording();
        voice.speak(text, recording, () -> {});
        return recording.samples();
    }

    @Override
    public boolean accept(short[] piece, int count) {
        short[] joined = Arrays.copyOf(samples, samples.length + count);
        System.arraycopy(piece, 0, joined, samples.length, count);
        samples = joined;
        pieces++;
        return pieces < stopAfterPieces;
    }

    short[] samples() {
        return samples;
    }

    int pieces() {
        return pieces;
    }

    double seconds() {
        return samples.length / (double) FliteVoice.SAMPLE_RATE_HZ;
    }

    int peak() {
        int peak = 0;
        for (short sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }

    /** Root of the mean square, in decibels below full scale. */
    double level() {
        double sum = 0;
        for (short sample : samples) {
            sum += (double) sample * sample;
        }
        return 10 * Math.log10(sum / samples.length / (32_768.0 * 32_768.0));
    }

    /** The greatest step from one sample to the next: a wrapped overflow is one of nearly full scale. */
    int greatestStep() {
        int step = 0;
        for (int i = 1; i < samples.length; i++) {
            step = Math.max(step, Math.abs(samples[i] - samples[i - 1]));
        }
        return step;
    }
}
