package io.patchcord.agent.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FadeTest {

    @Test
    void fadeIn_risesFromZeroAndLeavesTheRest() {
        short[] samples = AudioConverter.linear(Fade.in(constant(AudioFormat.SLIN_8K, 160), Fade.SHORT));

        assertThat(samples[0]).isZero();
        assertThat(samples[20]).isEqualTo((short) 4_000);
        assertThat(Arrays.copyOfRange(samples, 40, 160)).containsOnly((short) 8_000);
    }

    @Test
    void fadeOut_fallsToZeroAndLeavesTheRest() {
        short[] samples = AudioConverter.linear(Fade.out(constant(AudioFormat.SLIN_8K, 160), Fade.SHORT));

        assertThat(samples[159]).isZero();
        assertThat(samples[139]).isEqualTo((short) 4_000);
        assertThat(Arrays.copyOf(samples, 120)).containsOnly((short) 8_000);
    }

    @Test
    void frameShorterThanTheFade_isFadedAsAWhole() {
        short[] samples = AudioConverter.linear(Fade.out(constant(AudioFormat.SLIN_8K, 10), Duration.ofSeconds(1)));

        assertThat(samples).containsExactly(7_200, 6_400, 5_600, 4_800, 4_000, 3_200, 2_400, 1_600, 800, 0);
    }

    @Test
    void compandedFrame_keepsItsFormatAndEndsInSilence() {
        AudioFrame faded = Fade.out(constant(AudioFormat.ULAW_8K, 160), Fade.SHORT);

        assertThat(faded.format()).isEqualTo(AudioFormat.ULAW_8K);
        assertThat(faded.data()[159]).isEqualTo((byte) 0xFF);
    }

    @Test
    void frameGiven_isNotChanged() {
        AudioFrame frame = constant(AudioFormat.SLIN_8K, 160);

        Fade.in(frame, Fade.SHORT);
        Fade.out(frame, Fade.SHORT);

        assertThat(frame.toSamples()).containsOnly((short) 8_000);
    }

    private static AudioFrame constant(AudioFormat format, int count) {
        short[] samples = new short[count];
        Arrays.fill(samples, (short) 8_000);
        return AudioConverter.encode(samples, count, format);
    }
}
