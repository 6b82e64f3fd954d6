package io.patchcord.agent.media;

import java.time.Duration;

/**
 * How samples are coded: mono, one encoding, one rate. Linear samples are signed 16-bit little-endian everywhere inside
 * Patchcord; a transport whose wire order differs converts at its edge.
 */
public record AudioFormat(Encoding encoding, int sampleRateHz) {

    public static final AudioFormat ULAW_8K = new AudioFormat(Encoding.ULAW, 8_000);
    public static final AudioFormat ALAW_8K = new AudioFormat(Encoding.ALAW, 8_000);
    public static final AudioFormat SLIN_8K = new AudioFormat(Encoding.SLIN, 8_000);
    public static final AudioFormat SLIN_16K = new AudioFormat(Encoding.SLIN, 16_000);
    public static final AudioFormat SLIN_24K = new AudioFormat(Encoding.SLIN, 24_000);
    public static final AudioFormat SLIN_48K = new AudioFormat(Encoding.SLIN, 48_000);

    /** The coding of one sample. */
    public enum Encoding {
        /** Signed 16-bit linear, little-endian. */
        SLIN(2),
        /** G.711 µ-law. */
        ULAW(1),
        /** G.711 A-law. */
        ALAW(1);

        private final int bytesPerSample;

        Encoding(int bytesPerSample) {
            this.bytesPerSample = bytesPerSample;
        }

        public int bytesPerSample() {
            return bytesPerSample;
        }
    }

    public AudioFormat {
        if (sampleRateHz < 1_000 || sampleRateHz > 192_000) {
            throw new IllegalArgumentException("sample rate " + sampleRateHz + " Hz: give one from 1000 to 192000");
        }
    }

    public static AudioFormat slin(int sampleRateHz) {
        return new AudioFormat(Encoding.SLIN, sampleRateHz);
    }

    public int bytesPerSample() {
        return encoding.bytesPerSample();
    }

    /** Bytes in a stretch of this length, whole samples only. */
    public int bytesIn(Duration duration) {
        return samplesIn(duration) * bytesPerSample();
    }

    /** Samples in a stretch of this length, rounded down. */
    public int samplesIn(Duration duration) {
        return Math.toIntExact(duration.toNanos() * sampleRateHz / 1_000_000_000L);
    }

    /** How long this many bytes last. */
    public Duration durationOf(long bytes) {
        return Duration.ofNanos(bytes / bytesPerSample() * 1_000_000_000L / sampleRateHz);
    }

    /** The byte that silence is made of: 0 for linear, 0xFF for µ-law, 0xD5 for A-law (zero would be a loud click there). */
    public byte silence() {
        return switch (encoding) {
            case SLIN -> 0;
            case ULAW -> (byte) 0xFF;
            case ALAW -> (byte) 0xD5;
        };
    }
}
