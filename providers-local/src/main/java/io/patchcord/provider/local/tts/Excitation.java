package io.patchcord.provider.local.tts;

/**
 * What the vocal cords give: pulses at the pitch period and noise, each shaped by a filter that a frame mixes from the
 * voice's bands. Confined to one thread.
 */
final class Excitation {

    private final double[][] bands;
    private final int taps;
    private final double[] pulseShape;
    private final double[] noiseShape;
    /** The last inputs, newest at {@code at}, each written twice so that they can be read in one run. */
    private final double[] pulses;

    private final double[] noise;
    private int at;
    private int sincePulse;
    private double toPulse;
    private long seed;

    /**
     * @param bands impulse responses of the bands, all of one length
     */
    Excitation(double[][] bands) {
        this.bands = bands;
        this.taps = bands[0].length + 1;
        this.pulseShape = new double[taps];
        this.noiseShape = new double[taps];
        this.pulses = new double[2 * taps];
        this.noise = new double[2 * taps];
        this.at = 0;
        this.sincePulse = taps;
    }

    /**
     * Mixes the filters for a frame. As in flite, all taps but the newest lie one sample further back than they should.
     *
     * @param strengths for each band, how much of it is pulse and not noise
     */
    void shape(double[] strengths) {
        for (int i = 0; i < bands[0].length; i++) {
            double pulse = 0;
            double rest = 0;
            for (int band = 0; band < bands.length; band++) {
                pulse += strengths[band] * bands[band][i];
                rest += (1 - strengths[band]) * bands[band][i];
            }
            int tap = i == 0 ? 0 : i + 1;
            pulseShape[tap] = pulse;
            noiseShape[tap] = rest;
        }
    }

    /** Starts counting anew, with a whole period (or nothing, when there is no voice) behind us. */
    void startAt(double period) {
        toPulse = period;
    }

    /**
     * The next sample.
     *
     * @param period of the pitch in samples, 0 for no voice
     */
    double next(double period) {
        double pulse = 0;
        if (period != 0 && ++toPulse >= period) {
            pulse = Math.sqrt(period);
            toPulse -= period;
        }
        at = at == 0 ? taps - 1 : at - 1;
        write(pulses, pulse);
        write(noise, plusOrMinusOne());
        sincePulse = pulse != 0 ? 0 : sincePulse + 1;
        double shaped = dot(noiseShape, noise);
        return sincePulse < taps ? dot(pulseShape, pulses) + shaped : shaped;
    }

    private void write(double[] line, double value) {
        line[at] = value;
        line[at + taps] = value;
    }

    private double dot(double[] shape, double[] line) {
        double sum = 0;
        for (int i = 0; i < taps; i++) {
            sum += shape[i] * line[at + i];
        }
        return sum;
    }

    /** The top bit of the C library's random numbers, so that we can be compared with the module sample by sample. */
    private double plusOrMinusOne() {
        seed = seed * 6_364_136_223_846_793_005L + 1;
        return seed < 0 ? 1 : -1;
    }
}
