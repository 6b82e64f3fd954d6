package io.patchcord.provider.local.tts;

/**
 * The mel log spectrum approximation filter of Imai, Sumita and Furuichi (1983): gives an excitation the spectrum that
 * mel-cepstral coefficients describe. exp(F) is approximated by a Padé quotient of order five, in two factors: one for the
 * first coefficient, one for the rest. Confined to one thread.
 */
final class MlsaFilter {

    /** Coefficients of the Padé quotient, as they are published for order five. */
    private static final double[] PADE = {1, 0.4999391, 0.1107098, 0.01369984, 0.0009564853, 0.00003041721};

    private static final int ORDER = PADE.length - 1;

    private final int last;
    private final double alpha;
    private final double beta;
    /** First factor: the delayed inputs of the stages, and what they gave last. */
    private final double[] firstDelay = new double[ORDER + 1];

    private final double[] firstOut = new double[ORDER + 1];
    /** Second factor: the delay line of each stage, and what the stages gave last. */
    private final double[][] delay;

    private final double[] secondOut = new double[ORDER + 1];

    /**
     * @param last index of the last coefficient
     * @param alpha how the frequency axis is warped
     */
    MlsaFilter(int last, double alpha) {
        this.last = last;
        this.alpha = alpha;
        this.beta = 1 - alpha * alpha;
        this.delay = new double[ORDER][last + 2];
    }

    /**
     * Filters one sample. The gain, coefficient 0, is left to the caller.
     *
     * @param b coefficients as {@link MelCepstrum#toFilter} makes them
     */
    double filter(double x, double[] b) {
        return second(first(x, b[1]), b);
    }

    private double first(double input, double b1) {
        double x = input;
        double sum = 0;
        for (int i = ORDER; i >= 1; i--) {
            firstDelay[i] = beta * firstOut[i - 1] + alpha * firstDelay[i];
            firstOut[i] = firstDelay[i] * b1;
            double v = firstOut[i] * PADE[i];
            x += (i & 1) == 1 ? v : -v;
            sum += v;
        }
        firstOut[0] = x;
        return sum + x;
    }

    private double second(double input, double[] b) {
        double x = input;
        double sum = 0;
        for (int i = ORDER; i >= 1; i--) {
            secondOut[i] = stage(secondOut[i - 1], b, delay[i - 1]);
            double v = secondOut[i] * PADE[i];
            x += (i & 1) == 1 ? v : -v;
            sum += v;
        }
        secondOut[0] = x;
        return sum + x;
    }

    /** A chain of all-passes, tapped by the coefficients from 2 on; d[k + 1] keeps what all-pass k gave last time. */
    private double stage(double x, double[] b, double[] d) {
        double y = 0;
        double before = beta * x + alpha * d[1];
        d[0] = x;
        d[1] = before;
        double kept = d[2];
        for (int k = 2; k <= last; k++) {
            double next = d[k + 1];
            double now = kept + alpha * (next - before);
            y += now * b[k];
            d[k] = before;
            before = now;
            kept = next;
        }
        d[last + 1] = before;
        return y;
    }
}
