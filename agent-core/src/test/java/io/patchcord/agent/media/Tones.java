package io.patchcord.agent.media;

/** Makes sines and measures what comes of them. */
final class Tones {

    private Tones() {}

    static short[] sine(double hz, int rateHz, int count, double amplitude) {
        short[] samples = new short[count];
        for (int i = 0; i < count; i++) {
            samples[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hz * i / rateHz));
        }
        return samples;
    }

    /** Level of one frequency alone, as the amplitude of its sine, from {@code skip} on, under a Blackman window. */
    static double amplitudeAt(short[] samples, int skip, double hz, int rateHz) {
        double re = 0;
        double im = 0;
        double weight = 0;
        int count = samples.length - skip;
        for (int i = 0; i < count; i++) {
            double x = 2 * Math.PI * i / (count - 1);
            double window = 0.42 - 0.5 * Math.cos(x) + 0.08 * Math.cos(2 * x);
            double angle = 2 * Math.PI * hz * i / rateHz;
            re += window * samples[skip + i] * Math.cos(angle);
            im += window * samples[skip + i] * Math.sin(angle);
            weight += window;
        }
        return 2 * Math.hypot(re, im) / weight;
    }

    /** Level of everything, as the amplitude of a sine as strong. */
    static double amplitude(short[] samples, int skip) {
        double sum = 0;
        for (int i = skip; i < samples.length; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return Math.sqrt(2 * sum / (samples.length - skip));
    }

    static double decibel(double ratio) {
        return 20 * Math.log10(ratio);
    }
}
