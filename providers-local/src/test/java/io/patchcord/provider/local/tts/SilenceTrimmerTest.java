package io.patchcord.provider.local.tts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SilenceTrimmerTest {

    private static final int LEAD = 400;
    private static final int TAIL = 800;

    private final Recording recording = new Recording();
    private final SilenceTrimmer trimmer = new SilenceTrimmer(recording, TAIL);

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 80, 800, 5_000, 100_000})
    void silenceAtBothEnds_isCutToLeadAndTail_whateverThePieces(int piece) {
        short[] speech = ramp(3_000);

        feed(join(new short[4_000], speech, new short[6_000]), piece);

        assertThat(recording.samples()).isEqualTo(join(new short[LEAD], speech, new short[TAIL]));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 80, 800, 100_000})
    void pauseInside_isKeptWhole(int piece) {
        short[] spoken = join(ramp(1_000), new short[9_000], ramp(500));

        feed(spoken, piece);

        assertThat(recording.samples()).isEqualTo(spoken);
    }

    @Test
    void shortSilence_isLeftAlone() {
        short[] spoken = join(new short[LEAD - 1], ramp(1_000), new short[TAIL - 1]);

        feed(spoken, 300);

        assertThat(recording.samples()).isEqualTo(spoken);
    }

    @Test
    void nothingButSilence_isNothing() {
        feed(new short[20_000], 800);

        assertThat(recording.pieces()).isZero();
    }

    @Test
    void firstSound_comesWithThePieceThatHoldsIt() {
        trimmer.accept(new short[800], 800);
        trimmer.accept(join(new short[799], ramp(1)), 800);

        assertThat(recording.samples()).hasSize(LEAD + 1);
    }

    private void feed(short[] samples, int piece) {
        for (int at = 0; at < samples.length; at += piece) {
            int count = Math.min(piece, samples.length - at);
            // Longer than what counts, as a voice's array may be.
            trimmer.accept(Arrays.copyOfRange(samples, at, at + count + 5), count);
        }
        trimmer.finish();
    }

    /** Loud throughout. */
    private static short[] ramp(int length) {
        short[] samples = new short[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (short) (1_000 + i);
        }
        return samples;
    }

    private static short[] join(short[]... parts) {
        short[] joined = new short[0];
        for (short[] part : parts) {
            int at = joined.length;
            joined = Arrays.copyOf(joined, at + part.length);
            System.arraycopy(part, 0, joined, at, part.length);
        }
        return joined;
    }
}
