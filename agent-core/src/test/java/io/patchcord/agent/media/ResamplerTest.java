package io.patchcord.agent.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResamplerTest {

    private static final int[] RATES = {8_000, 16_000, 24_000, 48_000};
    private static final double AMPLITUDE = 30_000;

    static Stream<Arguments> pairs() {
        return Arrays.stream(RATES)
                .boxed()
                .flatMap(from -> Arrays.stream(RATES).filter(to -> to != from).mapToObj(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void speechBand_passesWithinHalfADecibel(int fromHz, int toHz) {
        int low = Math.min(fromHz, toHz);
        for (double hz = 50; hz <= 0.425 * low; hz += low / 80.0) {
            double level = level(fromHz, toHz, hz, hz);

            assertThat(level).as("%s Hz", hz).isCloseTo(0, within(0.5));
        }
        assertThat(level(fromHz, toHz, 3_400, 3_400)).isCloseTo(0, within(0.5));
    }

    /** Measured over everything that comes out, so whatever frequency it is folded to. */
    @ParameterizedTest
    @MethodSource("pairs")
    void whatTheLowerRateCannotHold_isSixtyDecibelsDown(int fromHz, int toHz) {
        for (double hz = toHz / 2.0; hz < fromHz / 2.0; hz += toHz / 80.0) {
            short[] out = resample(fromHz, toHz, hz);

            double level = Tones.decibel(Tones.amplitude(out, settled(toHz)) / AMPLITUDE);
            assertThat(level).as("%s Hz", hz).isLessThan(-60);
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void images_areSixtyDecibelsDown(int fromHz, int toHz) {
        for (double hz = 100; hz < 0.425 * Math.min(fromHz, toHz); hz += fromHz / 37.0) {
            for (double image = fromHz - hz; image < toHz / 2.0; image += fromHz) {
                assertThat(level(fromHz, toHz, hz, image)).as("%s Hz", hz).isLessThan(-60);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void constant_comesOutConstant(int fromHz, int toHz) {
        short[] in = new short[fromHz / 10];
        Arrays.fill(in, (short) 10_000);

        short[] out = new Resampler(fromHz, toHz).process(in);

        assertThat(Arrays.copyOfRange(out, settled(toHz), out.length)).containsOnly((short) 10_000);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void anyCut_givesTheSameSamples(int fromHz, int toHz) {
        Random random = new Random(fromHz * 31L + toHz);
        short[] in = noise(random, 5_000);
        short[] whole = new Resampler(fromHz, toHz).process(in);

        for (int most : new int[] {1, 2, 7, 160, 1_500}) {
            Resampler resampler = new Resampler(fromHz, toHz);
            short[] out = new short[whole.length];
            int produced = 0;
            for (int at = 0; at < in.length; ) {
                int count = Math.min(in.length - at, most == 1 ? 1 : random.nextInt(most + 1));
                int expected = resampler.outputCount(count);
                int written = resampler.process(in, at, count, out, produced);
                assertThat(written).isEqualTo(expected).isLessThanOrEqualTo(resampler.maxOutputCount(count));
                produced += written;
                at += count;
            }
            assertThat(produced).isEqualTo(whole.length);
            assertThat(out).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void frameOfTwentyMilliseconds_becomesOneOfTwentyMilliseconds(int fromHz, int toHz) {
        Resampler resampler = new Resampler(fromHz, toHz);

        for (int i = 0; i < 10; i++) {
            assertThat(resampler.process(new short[fromHz / 50])).hasSize(toHz / 50);
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void pulse_isAtMostThreeMillisecondsLate(int fromHz, int toHz) {
        Resampler resampler = new Resampler(fromHz, toHz);
        int pulseAt = fromHz / 100;
        short[] in = new short[fromHz / 50];
        in[pulseAt] = 30_000;

        short[] out = resampler.process(in);

        int peak = IntStream.range(0, out.length)
                .reduce((a, b) -> out[b] > out[a] ? b : a)
                .orElseThrow();
        double delayMs = 1_000.0 * peak / toHz - 1_000.0 * pulseAt / fromHz;
        assertThat(delayMs).isLessThanOrEqualTo(3).isCloseTo(1_000.0 * resampler.delaySamples() / toHz, within(0.07));
    }

    @Test
    void fullScale_isClampedAndDoesNotWrapAround() {
        short[] square = new short[1_600];
        for (int i = 0; i < square.length; i++) {
            square[i] = i / 20 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
        }

        short[] out = new Resampler(16_000, 8_000).process(square);

        // In the middle of each half wave, where a sample that wrapped around would have the other sign.
        for (int i = 100; i < out.length; i++) {
            int inHalfWave = (i - 23) % 10;
            if (inHalfWave >= 2 && inHalfWave <= 7) {
                assertThat(out[i] > 0).as("sample %s", i).isEqualTo((i - 23) / 10 % 2 == 0);
            }
        }
        assertThat(out).contains(Short.MAX_VALUE, Short.MIN_VALUE);
    }

    @Test
    void sameRate_copies() {
        short[] in = noise(new Random(1), 100);
        Resampler resampler = new Resampler(8_000, 8_000);

        assertThat(resampler.process(in)).isEqualTo(in);
        assertThat(resampler.delaySamples()).isZero();
    }

    @Test
    void otherRelatedRates_workToo() {
        assertThat(level(22_050, 16_000, 1_000, 1_000)).isCloseTo(0, within(0.1));
        assertThat(level(22_050, 8_000, 3_400, 3_400)).isCloseTo(0, within(0.5));
        assertThat(Tones.decibel(Tones.amplitude(resample(44_100, 8_000, 5_000), settled(8_000)) / AMPLITUDE))
                .isLessThan(-60);
    }

    @Test
    void unrelatedRates_areRefusedWithTheReason() {
        assertThatThrownBy(() -> new Resampler(8_000, 44_099))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8000 Hz to 44099 Hz")
                .hasMessageContaining("common divisor");
    }

    @Test
    void afterReset_nothingIsLeftOfTheStreamBefore() {
        short[] in = noise(new Random(2), 1_001);
        Resampler resampler = new Resampler(24_000, 16_000);
        short[] first = resampler.process(in);

        resampler.reset();

        assertThat(resampler.process(in)).isEqualTo(first);
    }

    @Test
    void tooLittleRoom_isRefusedAndNothingTaken() {
        short[] in = noise(new Random(3), 480);
        Resampler resampler = new Resampler(24_000, 8_000);

        assertThatThrownBy(() -> resampler.process(in, 0, 480, new short[200], 41))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("480 samples become 160")
                .hasMessageContaining("room for 159");

        assertThat(resampler.process(in)).isEqualTo(new Resampler(24_000, 8_000).process(in));
    }

    private static double level(int fromHz, int toHz, double hz, double measuredHz) {
        short[] out = resample(fromHz, toHz, hz);
        return Tones.decibel(Tones.amplitudeAt(out, settled(toHz), measuredHz, toHz) / AMPLITUDE);
    }

    private static short[] resample(int fromHz, int toHz, double hz) {
        return new Resampler(fromHz, toHz).process(Tones.sine(hz, fromHz, fromHz / 10, AMPLITUDE));
    }

    /** After this the filter has forgotten that the tone began. */
    private static int settled(int rateHz) {
        return rateHz * 7 / 1_000;
    }

    private static short[] noise(Random random, int count) {
        short[] samples = new short[count];
        for (int i = 0; i < count; i++) {
            samples[i] = (short) (random.nextInt(65_536) - 32_768);
        }
        return samples;
    }
}
