package io.patchcord.agent.media;

import java.time.Duration;
import java.util.Arrays;

/**
 * Consecutive samples in one format: on a transport one ptime, between the parts of a cascade any length.
 *
 * <p>Immutable by agreement: whoever makes a frame gives its array away and does not touch it again, and nobody who
 * receives one writes to it. That saves a copy at every step. Thread-safe on that condition.
 */
public final class AudioFrame {

    private final AudioFormat format;
    private final byte[] data;

    private AudioFrame(AudioFormat format, byte[] data) {
        this.format = format;
        this.data = data;
    }

    /**
     * Wraps an array without copying it.
     *
     * @throws IllegalArgumentException if the bytes are not whole samples
     */
    public static AudioFrame of(AudioFormat format, byte[] data) {
        if (data.length % format.bytesPerSample() != 0) {
            throw new IllegalArgumentException(data.length + " bytes are not whole samples of " + format.encoding()
                    + ": keep the odd byte for the next frame");
        }
        return new AudioFrame(format, data);
    }

    /** Linear samples, copied into a frame. */
    public static AudioFrame ofSamples(int sampleRateHz, short[] samples, int offset, int count) {
        byte[] data = new byte[count * 2];
        for (int i = 0; i < count; i++) {
            short sample = samples[offset + i];
            data[2 * i] = (byte) sample;
            data[2 * i + 1] = (byte) (sample >> 8);
        }
        return new AudioFrame(AudioFormat.slin(sampleRateHz), data);
    }

    public static AudioFrame ofSamples(int sampleRateHz, short[] samples) {
        return ofSamples(sampleRateHz, samples, 0, samples.length);
    }

    /** Silence of the given length. */
    public static AudioFrame silence(AudioFormat format, Duration duration) {
        byte[] data = new byte[format.bytesIn(duration)];
        if (format.silence() != 0) {
            Arrays.fill(data, format.silence());
        }
        return new AudioFrame(format, data);
    }

    public AudioFormat format() {
        return format;
    }

    /** The bytes themselves, not a copy; not to be written to. */
    public byte[] data() {
        return data;
    }

    public int samples() {
        return data.length / format.bytesPerSample();
    }

    public Duration duration() {
        return format.durationOf(data.length);
    }

    /**
     * The linear samples, copied out.
     *
     * @throws IllegalStateException if the frame is companded: decode it first
     */
    public short[] toSamples() {
        if (format.encoding() != AudioFormat.Encoding.SLIN) {
            throw new IllegalStateException("a frame of " + format.encoding() + " holds no linear samples: decode it");
        }
        short[] samples = new short[data.length / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) ((data[2 * i] & 0xFF) | data[2 * i + 1] << 8);
        }
        return samples;
    }

    @Override
    public String toString() {
        return "AudioFrame[" + format.encoding() + " " + format.sampleRateHz() + " Hz, " + samples() + " samples]";
    }
}
