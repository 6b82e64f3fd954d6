package io.patchcord.agent.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.patchcord.agent.media.AudioFormat.Encoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Our media against what others made: sox, and the JDK's converter with its sinc interpolation. */
class OracleTest {

    private static final double[] SPEECH_TONES = {123, 307, 700, 1_103, 1_900, 2_701, 3_301};
    private static final double TONE_AMPLITUDE = 4_000;

    @TempDir
    Path folder;

    static Stream<Arguments> pairs() {
        return ResamplerTest.pairs();
    }

    static Stream<Arguments> pairsDown() {
        return pairs().filter(pair -> (int) pair.get()[0] > (int) pair.get()[1]);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void speechBand_isAsLoudAsSoxMakesIt(int fromHz, int toHz) throws Exception {
        Sox.assumeInstalled();
        AudioFrame in = speechTones(fromHz);

        short[] theirs = Sox.resample(folder, in, toHz).toSamples();
        short[] ours = AudioConverter.convertWhole(in, AudioFormat.slin(toHz)).toSamples();

        assertThat(ours).hasSameSizeAs(theirs);
        for (double hz : SPEECH_TONES) {
            assertThat(levelOf(ours, hz, toHz) - levelOf(theirs, hz, toHz))
                    .as("%s Hz", hz)
                    .isCloseTo(0, within(0.2));
        }
    }

    /** The delay of 16 to 24 kHz is no whole number of samples, so the two do not lie on each other. */
    @ParameterizedTest
    @MethodSource("pairs")
    void speechBand_isTheSameWaveAsSoxMakesOfIt(int fromHz, int toHz) throws Exception {
        Sox.assumeInstalled();
        if (fromHz == 16_000 && toHz == 24_000) {
            return;
        }
        AudioFrame in = speechTones(fromHz);

        short[] theirs = Sox.resample(folder, in, toHz).toSamples();
        short[] ours = AudioConverter.convertWhole(in, AudioFormat.slin(toHz)).toSamples();

        short[] difference = new short[ours.length];
        for (int i = 0; i < ours.length; i++) {
            difference[i] = (short) (ours[i] - theirs[i]);
        }
        int edge = toHz / 100;
        double noise = Tones.amplitude(Arrays.copyOf(difference, ours.length - edge), edge);
        assertThat(Tones.decibel(noise / Tones.amplitude(ours, edge))).isLessThan(-40);
    }

    /** As far up as the JDK can judge: its filter is too short for going down, and 3 dB too low at 3.3 kHz from 16 to 8. */
    @ParameterizedTest
    @MethodSource("pairs")
    void speechBand_isAsLoudAsTheJdkMakesIt(int fromHz, int toHz) throws Exception {
        AudioFrame in = speechTones(fromHz);

        short[] theirs = resampleByJdk(in, toHz);
        short[] ours = new Resampler(fromHz, toHz).process(in.toSamples());

        double highest = toHz > fromHz ? 3_400 : 0.55 * toHz * toHz / fromHz;
        for (double hz :
                Arrays.stream(SPEECH_TONES).filter(tone -> tone < highest).toArray()) {
            assertThat(levelOf(ours, hz, toHz) - levelOf(theirs, hz, toHz))
                    .as("%s Hz", hz)
                    .isCloseTo(0, within(0.3));
        }
    }

    @ParameterizedTest
    @MethodSource("pairsDown")
    void toneAboveTheBand_leavesNoMoreThanTheJdkLeaves(int fromHz, int toHz) throws Exception {
        for (double part : new double[] {0.6, 0.75, 0.9}) {
            double hz = Math.min(toHz * part, fromHz * 0.45);
            AudioFrame in = AudioFrame.ofSamples(fromHz, Tones.sine(hz, fromHz, fromHz / 2, 30_000));

            double theirs = Tones.amplitude(resampleByJdk(in, toHz), toHz / 20);
            double ours = Tones.amplitude(new Resampler(fromHz, toHz).process(in.toSamples()), toHz / 20);

            assertThat(Tones.decibel(ours / 30_000)).as("%s Hz", hz).isLessThan(-60);
            assertThat(ours).as("%s Hz", hz).isLessThanOrEqualTo(Math.max(theirs, 1) * 1.1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ULAW", "ALAW"})
    void encodedFile_isDecodedBySoxToTheSameSamples(Encoding law) throws Exception {
        Sox.assumeInstalled();
        short[] samples = speechTones(8_000).toSamples();
        AudioFrame coded = AudioConverter.encode(samples, samples.length, new AudioFormat(law, 8_000));
        Path in = folder.resolve("coded.wav");
        Path out = folder.resolve("linear.wav");
        WavWriter.write(in, coded);

        Sox.run(in, "-e", "signed", "-b", 16, out);

        assertThat(WavReader.read(out).toSamples()).isEqualTo(AudioConverter.linear(coded));
    }

    /** It rounds to 13 or 14 bits before, which moves the borders of the steps by a few. */
    @ParameterizedTest
    @EnumSource(names = {"ULAW", "ALAW"})
    void fileEncodedBySox_isReadAndCodedAsOurs(Encoding law) throws Exception {
        Sox.assumeInstalled();
        short[] samples = speechTones(8_000).toSamples();
        Path in = folder.resolve("linear.wav");
        Path out = folder.resolve("coded.wav");
        WavWriter.write(in, AudioFrame.ofSamples(8_000, samples));

        Sox.run(in, "-e", law == Encoding.ULAW ? "mu-law" : "a-law", out);

        AudioFrame theirs = WavReader.read(out);
        assertThat(theirs.format()).isEqualTo(new AudioFormat(law, 8_000));
        for (int i = 0; i < samples.length; i++) {
            byte[] ours = new byte[17];
            short[] around = new short[17];
            for (int d = -8; d <= 8; d++) {
                around[d + 8] = (short) (samples[i] + d);
            }
            G711.encode(law, around, 0, 17, ours, 0);
            assertThat(ours).as("sample %s", samples[i]).contains(theirs.data()[i]);
        }
    }

    @Test
    void stereoFile_isReadBySoxChannelByChannel() throws Exception {
        Sox.assumeInstalled();
        Path stereo = folder.resolve("stereo.wav");
        Path right = folder.resolve("right.wav");
        try (WavWriter writer = new WavWriter(stereo, AudioFormat.SLIN_8K, 2)) {
            writer.write(
                    AudioFrame.ofSamples(8_000, new short[] {1, -1, 2, -2, 3, -3})
                            .data(),
                    0,
                    12);
        }

        Sox.run(stereo, right, "remix", 2);

        assertThat(WavReader.read(right).toSamples()).containsExactly(-1, -2, -3);
    }

    private static AudioFrame speechTones(int rateHz) {
        short[] samples = new short[rateHz / 2];
        for (double hz : SPEECH_TONES) {
            short[] tone = Tones.sine(hz, rateHz, samples.length, TONE_AMPLITUDE);
            for (int i = 0; i < samples.length; i++) {
                samples[i] += tone[i];
            }
        }
        return AudioFrame.ofSamples(rateHz, samples);
    }

    private static double levelOf(short[] samples, double hz, int rateHz) {
        return Tones.decibel(Tones.amplitudeAt(samples, rateHz / 20, hz, rateHz) / TONE_AMPLITUDE);
    }

    private static short[] resampleByJdk(AudioFrame frame, int toHz) throws IOException {
        AudioInputStream in = new AudioInputStream(
                new ByteArrayInputStream(frame.data()), jdkFormat(frame.format().sampleRateHz()), frame.samples());
        byte[] data = AudioSystem.getAudioInputStream(jdkFormat(toHz), in).readAllBytes();
        return AudioFrame.of(AudioFormat.slin(toHz), data).toSamples();
    }

    private static javax.sound.sampled.AudioFormat jdkFormat(int rateHz) {
        return new javax.sound.sampled.AudioFormat(
                javax.sound.sampled.AudioFormat.Encoding.PCM_SIGNED,
                rateHz,
                16,
                1,
                2,
                rateHz,
                false,
                Map.of("interpolation", "sinc"));
    }
}
