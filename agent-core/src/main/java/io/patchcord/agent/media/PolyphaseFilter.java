package io.patchcord.agent.media;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The low-pass filter between two sample rates, cut into phases: a sinc under a Kaiser window. Computed once for a pair of
 * rates and shared by all streams; immutable and thread-safe.
 *
 * <p>Between {@code from} and {@code to} lies a rate at which both meet: {@code from * up == to * down}. The filter is made
 * for that rate, and lets pass what the lower of the two rates can hold. Of its taps one output sample needs only every
 * {@code up}-th, a <em>phase</em>, since at the common rate the samples in between are zero.
 */
final class PolyphaseFilter {

    /**
     * Half the filter's length in samples of the lower rate: its delay, 2.9 ms at 8 kHz. With {@link #STOP_BAND_DB} it makes
     * the transition 0.09 of the lower rate wide, which leaves 3.4 kHz untouched and is down at 4 kHz.
     */
    private static final int HALF_LENGTH = 23;

    private static final double STOP_BAND_DB = 66;
    private static final double KAISER_BETA = 0.1102 * (STOP_BAND_DB - 8.7);
    /** Width of the transition as a part of the lower rate, by Kaiser's formula for the order of the filter. */
    private static final double TRANSITION = (STOP_BAND_DB - 8) / (2.285 * 2 * Math.PI * 2 * HALF_LENGTH);
    /** Middle of the transition: it ends where the lower rate's band ends. */
    private static final double CUT_OFF = 0.5 - TRANSITION / 2;

    /** 44.1 kHz to 48 kHz needs 160 phases, 22.05 kHz to 16 kHz 320. Rates that need more are mistakes. */
    private static final int MOST_PHASES = 640;

    private static final Map<Long, PolyphaseFilter> CACHE = new ConcurrentHashMap<>();

    private final int up;
    private final int down;
    private final int tapsPerPhase;
    /** Phase by phase, the newest sample's tap last. */
    private final float[] taps;

    private PolyphaseFilter(int from, int to) {
        int divisor = greatestCommonDivisor(from, to);
        this.up = to / divisor;
        this.down = from / divisor;
        int samplesPerLowSample = Math.max(up, down);
        int half = HALF_LENGTH * samplesPerLowSample;
        this.tapsPerPhase = 2 * half / up + 1;
        this.taps = new float[up * tapsPerPhase];
        for (int phase = 0; phase < up; phase++) {
            fillPhase(phase, half, samplesPerLowSample);
        }
    }

    /**
     * The filter for these rates.
     *
     * @throws IllegalArgumentException if the rates have too little in common
     */
    static PolyphaseFilter between(int fromHz, int toHz) {
        int phases = toHz / greatestCommonDivisor(fromHz, toHz);
        if (phases > MOST_PHASES) {
            throw new IllegalArgumentException("cannot resample " + fromHz + " Hz to " + toHz + " Hz: it would take "
                    + phases + " filter phases, more than " + MOST_PHASES + "; use rates with a larger common divisor");
        }
        return CACHE.computeIfAbsent(((long) fromHz << 32) | toHz, key -> new PolyphaseFilter(fromHz, toHz));
    }

    int up() {
        return up;
    }

    int down() {
        return down;
    }

    int tapsPerPhase() {
        return tapsPerPhase;
    }

    /**
     * One output sample.
     *
     * @param oldest index of the oldest of {@link #tapsPerPhase} input samples
     */
    float apply(int phase, float[] samples, int oldest) {
        int tap = phase * tapsPerPhase;
        int end = oldest + tapsPerPhase;
        // Four sums, as the JIT may not reorder one.
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = oldest;
        for (; i + 3 < end; i += 4, tap += 4) {
            a += samples[i] * taps[tap];
            b += samples[i + 1] * taps[tap + 1];
            c += samples[i + 2] * taps[tap + 2];
            d += samples[i + 3] * taps[tap + 3];
        }
        for (; i < end; i++, tap++) {
            a += samples[i] * taps[tap];
        }
        return a + b + (c + d);
    }

    /** Each phase is brought to a sum of exactly one: else a constant input would come out with a whistle on it. */
    private void fillPhase(int phase, int half, int samplesPerLowSample) {
        double[] values = new double[tapsPerPhase];
        double sum = 0;
        for (int age = 0; age < tapsPerPhase; age++) {
            double value = impulse((double) (phase + age * up - half) / samplesPerLowSample);
            values[tapsPerPhase - 1 - age] = value;
            sum += value;
        }
        for (int i = 0; i < tapsPerPhase; i++) {
            taps[phase * tapsPerPhase + i] = (float) (values[i] / sum);
        }
    }

    /** The filter's impulse response at a time in samples of the lower rate. */
    private static double impulse(double time) {
        double position = time / HALF_LENGTH;
        if (Math.abs(position) > 1) {
            return 0;
        }
        double x = 2 * Math.PI * CUT_OFF * time;
        double sinc = x == 0 ? 1 : Math.sin(x) / x;
        return sinc * besselI0(KAISER_BETA * Math.sqrt(1 - position * position)) / besselI0(KAISER_BETA);
    }

    /** The modified Bessel function of order zero, by its power series. */
    private static double besselI0(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-16; k++) {
            double factor = x / (2 * k);
            term *= factor * factor;
            sum += term;
        }
        return sum;
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
