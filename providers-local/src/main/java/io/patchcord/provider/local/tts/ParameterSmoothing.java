package io.patchcord.provider.local.tts;

/**
 * Maximum-likelihood parameter generation, in place of flite's {@code mlpg}: of a row of frames, each with a mean and a
 * deviation for every mel-cepstral coefficient and for its slope, makes the smooth track that is likeliest.
 *
 * <p>For each coefficient the track c minimises (c − m)ᵀ P (c − m) + (Dc − d)ᵀ Q (Dc − d), where m and d are the means of
 * the values and of the slopes, P and Q their precisions (diagonal), and D takes the slope by the voice's window. So
 * (P + DᵀQD) c = Pm + DᵀQd: a symmetric band matrix, solved by an LDLᵀ decomposition in place. The method is that of
 * Tokuda et al., "Speech parameter generation algorithms for HMM-based speech synthesis" (ICASSP 2000).
 */
final class ParameterSmoothing {

    // struct cst_track and struct cst_cg_db of flite (include/cst_track.h, cst_cg.h), with pointers of four bytes.
    private static final int TRACK_FRAMES = 4;
    private static final int TRACK_CHANNELS = 8;
    private static final int TRACK_TIMES = 12;
    private static final int TRACK_ROWS = 16;
    private static final int VOICE_WINDOW = 112;
    private static final int VOICE_WINDOW_LENGTH = 116;

    /** flite's stand-in for a variance of zero (src/cg/cst_mlpg.c: the mean over the leaves of the rms voice). */
    private static final double SMALLEST_VARIANCE = 0.0962;

    private final FliteMemory memory;
    private final int frames;
    private final int coefficients;
    private final int rows;
    private final double[] window;
    private final double[][] precisions;
    private final double[][] band;
    private final double[] right;
    private final double[] slopes;

    private ParameterSmoothing(FliteMemory memory, int track, int voice) {
        this.memory = memory;
        this.frames = memory.readInt(track + TRACK_FRAMES);
        int dimensions = memory.readInt(track + TRACK_CHANNELS) / 2 - 1;
        this.coefficients = dimensions / 2;
        this.rows = memory.readInt(track + TRACK_ROWS);
        this.window = floats(memory.readInt(voice + VOICE_WINDOW), memory.readInt(voice + VOICE_WINDOW_LENGTH));
        this.precisions = precisions(dimensions);
        this.band = new double[window.length][frames];
        this.right = new double[frames];
        this.slopes = new double[frames];
    }

    /**
     * Makes the smooth track.
     *
     * @param track a {@code cst_track}: pitch and its deviation, then mean and deviation of each value, then of each slope
     * @param voice a {@code cst_cg_db}, for its window
     * @return a new {@code cst_track} of pitch and values
     */
    static int smooth(FliteMemory memory, int track, int voice) {
        return new ParameterSmoothing(memory, track, voice).run(track);
    }

    private int run(int track) {
        int result = FliteEntry.newTrack(memory, frames, coefficients + 1);
        int resultRows = memory.readInt(result + TRACK_ROWS);
        int times = memory.readInt(track + TRACK_TIMES);
        int resultTimes = memory.readInt(result + TRACK_TIMES);
        for (int t = 0; t < frames; t++) {
            memory.writeFloat(resultTimes + 4 * t, memory.readFloat(times + 4 * t));
            memory.writeFloat(memory.readInt(resultRows + 4 * t), memory.readFloat(memory.readInt(rows + 4 * t)));
        }
        for (int coefficient = 0; coefficient < coefficients; coefficient++) {
            setUp(coefficient);
            solve();
            for (int t = 0; t < frames; t++) {
                memory.writeFloat(memory.readInt(resultRows + 4 * t) + 4 * (coefficient + 1), (float) right[t]);
            }
        }
        return result;
    }

    /** Mean or deviation of a dimension in a frame: the channels come in pairs, the first pair being the pitch. */
    private float channel(int frame, int dimension, int meanOrDeviation) {
        return memory.readFloat(memory.readInt(rows + 4 * frame) + 4 * (2 * dimension + 2 + meanOrDeviation));
    }

    /** One over the variances, with flite's way out where their product is nought. */
    private double[][] precisions(int dimensions) {
        double[][] result = new double[dimensions][frames];
        for (int t = 0; t < frames; t++) {
            double product = 1;
            for (int dimension = 0; dimension < dimensions; dimension++) {
                float deviation = channel(t, dimension, 1);
                double variance = deviation * deviation;
                product *= variance;
                if (product <= 0) {
                    variance = SMALLEST_VARIANCE;
                    product = Math.pow(SMALLEST_VARIANCE, dimension + 1);
                }
                result[dimension][t] = 1 / variance;
            }
        }
        return result;
    }

    /** Fills {@code band[k][t]}, the matrix at (t, t + k), and the right-hand side. */
    private void setUp(int coefficient) {
        double[] valuePrecision = precisions[coefficient];
        double[] slopePrecision = precisions[coefficient + coefficients];
        for (int t = 0; t < frames; t++) {
            band[0][t] = valuePrecision[t];
            for (int k = 1; k < band.length; k++) {
                band[k][t] = 0;
            }
            right[t] = channel(t, coefficient, 0) * valuePrecision[t];
            slopes[t] = channel(t, coefficient + coefficients, 0) * slopePrecision[t];
        }
        int reach = window.length / 2;
        for (int t = 0; t < frames; t++) {
            for (int a = Math.max(-reach, -t); a <= reach && t + a < frames; a++) {
                double weight = window[a + reach];
                right[t + a] += weight * slopes[t];
                for (int b = a; b <= reach && t + b < frames; b++) {
                    band[b - a][t + a] += weight * slopePrecision[t] * window[b + reach];
                }
            }
        }
    }

    /** Leaves the solution in {@code right}. */
    private void solve() {
        for (int t = 0; t < frames; t++) {
            double pivot = band[0][t];
            int last = Math.min(band.length - 1, frames - 1 - t);
            for (int k = 1; k <= last; k++) {
                double factor = band[k][t] / pivot;
                for (int j = k; j <= last; j++) {
                    band[j - k][t + k] -= factor * band[j][t];
                }
                right[t + k] -= factor * right[t];
            }
        }
        for (int t = frames - 1; t >= 0; t--) {
            double value = right[t];
            for (int k = 1; k < band.length && t + k < frames; k++) {
                value -= band[k][t] * right[t + k];
            }
            right[t] = value / band[0][t];
        }
    }

    private double[] floats(int address, int count) {
        double[] result = new double[count];
        for (int i = 0; i < count; i++) {
            result[i] = memory.readFloat(address + 4 * i);
        }
        return result;
    }
}
