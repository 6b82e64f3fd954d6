package io.patchcord.agent.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AudioConverterTest {

    private static final List<AudioFormat> FORMATS = List.of(
            AudioFormat.ULAW_8K,
            AudioFormat.ALAW_8K,
            AudioFormat.SLIN_8K,
            AudioFormat.SLIN_16K,
            AudioFormat.SLIN_24K,
            AudioFormat.SLIN_48K);

    static Stream<Arguments> pairs() {
        return FORMATS.stream().flatMap(from -> FORMATS.stream().map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void speechTone_keepsItsLevel(AudioFormat from, AudioFormat to) {
        AudioFrame tone = tone(from, 1_013, 8_000);

        AudioFrame converted = new AudioConverter(to).convert(tone);

        assertThat(converted.format()).isEqualTo(to);
        short[] samples = AudioConverter.linear(converted);
        assertThat(samples).hasSize(to.sampleRateHz());
        double amplitude = Tones.amplitudeAt(samples, to.sampleRateHz() / 10, 1_013, to.sampleRateHz());
        assertThat(Tones.decibel(amplitude / 8_000)).isCloseTo(0, within(0.2));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void stream_isTheSameHoweverItIsCut(AudioFormat from, AudioFormat to) {
        AudioFrame tone = tone(from, 440, 12_000);
        byte[] whole = new AudioConverter(to).convert(tone).data();
        Random random = new Random(5);
        AudioConverter converter = new AudioConverter(to);
        ByteArrayOutputStream pieces = new ByteArrayOutputStream();

        int width = from.bytesPerSample();
        for (int at = 0; at < tone.data().length; ) {
            int length = Math.min(tone.data().length - at, random.nextInt(1_000) * width);
            AudioFrame piece = AudioFrame.of(from, Arrays.copyOfRange(tone.data(), at, at + length));
            pieces.writeBytes(converter.convert(piece).data());
            at += length;
        }

        assertThat(pieces.toByteArray()).isEqualTo(whole);
    }

    @Test
    void sameFormat_isHandedBackAsItIs() {
        AudioFrame frame = tone(AudioFormat.ULAW_8K, 440, 1_000);

        assertThat(new AudioConverter(AudioFormat.ULAW_8K).convert(frame)).isSameAs(frame);
    }

    @Test
    void silence_staysSilence() {
        AudioFrame silence = AudioFrame.silence(AudioFormat.SLIN_24K, Duration.ofMillis(100));

        assertThat(new AudioConverter(AudioFormat.ULAW_8K).convert(silence).data())
                .hasSize(800)
                .containsOnly((byte) 0xFF);
        assertThat(new AudioConverter(AudioFormat.ALAW_8K).convert(silence).data())
                .hasSize(800)
                .containsOnly((byte) 0xD5);
    }

    @Test
    void streamThatChangesItsRate_goesOnInTheNewOne() {
        AudioConverter converter = new AudioConverter(AudioFormat.SLIN_8K);
        converter.convert(tone(AudioFormat.SLIN_24K, 440, 10_000));

        AudioFrame second = converter.convert(tone(AudioFormat.SLIN_16K, 440, 10_000));

        assertThat(second.data())
                .isEqualTo(new AudioConverter(AudioFormat.SLIN_8K)
                        .convert(tone(AudioFormat.SLIN_16K, 440, 10_000))
                        .data());
    }

    @Test
    void afterReset_nothingIsHeardOfTheStreamBefore() {
        AudioConverter converter = new AudioConverter(AudioFormat.SLIN_8K);
        converter.convert(tone(AudioFormat.SLIN_16K, 440, 30_000));

        converter.reset();

        AudioFrame silence = AudioFrame.silence(AudioFormat.SLIN_16K, Duration.ofMillis(20));
        assertThat(converter.convert(silence).toSamples()).containsOnly((short) 0);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void wholePiece_keepsItsLengthAndItsPlaceInTime(AudioFormat from, AudioFormat to) {
        int rate = from.sampleRateHz();
        short[] samples = new short[rate / 5];
        // A soft bump around 100 ms and another one millisecond before the end.
        for (int i = 0; i < samples.length; i++) {
            double first = (i - rate / 10.0) / (rate / 1_000.0);
            double second = (i - (samples.length - rate / 1_000.0)) / (rate / 1_000.0);
            samples[i] = (short) (16_000 * (Math.exp(-first * first) + Math.exp(-second * second)));
        }
        AudioFrame piece = AudioConverter.encode(samples, samples.length, from);

        short[] converted = AudioConverter.linear(AudioConverter.convertWhole(piece, to));

        assertThat(converted).hasSize(to.sampleRateHz() / 5);
        assertThat((double) converted[to.sampleRateHz() / 10]).isCloseTo(16_000, within(600.0));
        assertThat((double) converted[converted.length - to.sampleRateHz() / 1_000])
                .isCloseTo(16_000, within(1_500.0));
        assertThat((double) converted[to.sampleRateHz() / 10 - to.sampleRateHz() / 1_000])
                .isCloseTo(converted[to.sampleRateHz() / 10 + to.sampleRateHz() / 1_000], within(600.0));
    }

    private static AudioFrame tone(AudioFormat format, double hz, double amplitude) {
        short[] samples = Tones.sine(hz, format.sampleRateHz(), format.sampleRateHz(), amplitude);
        return AudioConverter.encode(samples, samples.length, format);
    }
}
