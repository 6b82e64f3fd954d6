package io.patchcord.provider.local.tts;

import java.util.Arrays;

/**
 * Arithmetic on mel-cepstral coefficients, after Fukada, Tokuda and others, "An adaptive algorithm for mel-cepstral analysis
 * of speech" (ICASSP 1992). Holds work space: confined to one thread.
 */
final class MelCepstrum {

    /** Length of the impulse response by which energy is told. */
    private static final int RESPONSE = 64;

    private final double alpha;
    private final double postfilter;
    private final double[] mel;
    private final double[] plain = new double[RESPONSE];
    private final double[] response = new double[RESPONSE];

    /**
     * @param alpha how the frequency axis is warped
     * @param postfilter how much the formants are sharpened; 0 for not at all
     */
    MelCepstrum(int coefficients, double alpha, double postfilter) {
        this.alpha = alpha;
        this.postfilter = postfilter;
        this.mel = new double[coefficients];
    }

    /** Makes coefficients for an {@link MlsaFilter}, sharpened at equal energy. */
    void toFilter(double[] cepstrum, double[] b) {
        int last = b.length - 1;
        b[last] = cepstrum[last];
        for (int k = last - 1; k >= 0; k--) {
            b[k] = cepstrum[k] - alpha * b[k + 1];
        }
        if (postfilter > 0 && last > 1) {
            double before = energy(b);
            b[1] -= postfilter * alpha * cepstrum[2];
            for (int k = 2; k <= last; k++) {
                b[k] *= 1 + postfilter;
            }
            b[0] += Math.log(before / energy(b)) / 2;
        }
    }

    /** Energy of the filter's impulse response. */
    private double energy(double[] b) {
        int last = b.length - 1;
        mel[last] = b[last];
        for (int k = last - 1; k >= 0; k--) {
            mel[k] = b[k] + alpha * b[k + 1];
        }
        unwarp();
        respond();
        double energy = 0;
        for (double sample : response) {
            energy += sample * sample;
        }
        return energy;
    }

    /** The cepstrum on the plain frequency axis: Horner's rule, with an all-pass in place of the variable. */
    private void unwarp() {
        double warp = -alpha;
        Arrays.fill(plain, 0);
        for (int i = mel.length - 1; i >= 0; i--) {
            double old = plain[0];
            plain[0] = mel[i] + warp * old;
            double before = plain[1];
            plain[1] = (1 - warp * warp) * old + warp * before;
            for (int j = 2; j < RESPONSE; j++) {
                double now = plain[j];
                plain[j] = before + warp * (now - plain[j - 1]);
                before = now;
            }
        }
    }

    /** The minimum-phase impulse response of the plain cepstrum. */
    private void respond() {
        response[0] = Math.exp(plain[0]);
        for (int n = 1; n < RESPONSE; n++) {
            double sum = 0;
            for (int k = 1; k <= n; k++) {
                sum += k * plain[k] * response[n - k];
            }
            response[n] = sum / n;
        }
    }
}
