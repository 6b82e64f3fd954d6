package io.patchcord.provider.local;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** Audio for tests: clips of human speech, and what is no speech. */
public final class TestSpeech {

    private TestSpeech() {}

    /** A clip from the test resources. */
    public static AudioFrame clip(String name) {
        try (InputStream in = TestSpeech.class.getResourceAsStream("/speech/" + name + ".wav")) {
            return read(new BufferedInputStream(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A WAV file of 16-bit mono samples. */
    public static AudioFrame file(Path file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AudioFrame read(InputStream wav) throws IOException {
        try (AudioInputStream in = AudioSystem.getAudioInputStream(wav)) {
            return AudioFrame.of(AudioFormat.slin((int) in.getFormat().getSampleRate()), in.readAllBytes());
        } catch (UnsupportedAudioFileException e) {
            throw new IllegalArgumentException("no WAV file of 16-bit samples", e);
        }
    }

    /** The clip with silence before and after it. */
    public static AudioFrame padded(AudioFrame clip, int beforeMs, int afterMs) {
        int before = 16 * beforeMs;
        byte[] data = Arrays.copyOf(new byte[before], before + clip.data().length + 16 * afterMs);
        System.arraycopy(clip.data(), 0, data, before, clip.data().length);
        return AudioFrame.of(AudioFormat.SLIN_8K, data);
    }

    /** White noise, the same for the same seed. */
    public static AudioFrame noise(int seconds, double level, long seed) {
        Random random = new Random(seed);
        short[] samples = new short[8_000 * seconds];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.max(-32_000, Math.min(32_000, 32_768 * level * random.nextGaussian()));
        }
        return AudioFrame.ofSamples(8_000, samples);
    }

    /** Tones together, each a fifth of full scale. */
    public static AudioFrame tones(int seconds, int... frequenciesHz) {
        short[] samples = new short[8_000 * seconds];
        for (int i = 0; i < samples.length; i++) {
            double sum = 0;
            for (int hz : frequenciesHz) {
                sum += Math.sin(2 * Math.PI * hz * i / 8_000);
            }
            samples[i] = (short) (6_500 * sum);
        }
        return AudioFrame.ofSamples(8_000, samples);
    }
}
