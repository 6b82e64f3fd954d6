package io.patchcord.audiosocket;

import java.util.Optional;

/**
 * The nine audio message kinds: 16-bit signed linear PCM, little-endian, mono, at the sample rate the kind stands for.
 *
 * <p>Kinds other than {@link #SLIN8} exist since Asterisk 20.17, 21.12, 22.7 and 23.1. Older versions label audio of any
 * rate as {@code SLIN8} and take nothing else ({@code res/res_audiosocket.c}).
 */
public enum AudioKind {
    SLIN8(0x10, 8_000),
    SLIN12(0x11, 12_000),
    SLIN16(0x12, 16_000),
    SLIN24(0x13, 24_000),
    SLIN32(0x14, 32_000),
    SLIN44(0x15, 44_100),
    SLIN48(0x16, 48_000),
    SLIN96(0x17, 96_000),
    SLIN192(0x18, 192_000);

    /** Duration of one frame as this module sends it. */
    public static final int FRAME_MS = 20;

    static final int BYTES_PER_SAMPLE = 2;

    private static final int FIRST_WIRE_BYTE = 0x10;
    private static final AudioKind[] BY_WIRE_BYTE = values();

    private final int wireByte;
    private final int sampleRateHz;

    AudioKind(int wireByte, int sampleRateHz) {
        this.wireByte = wireByte;
        this.sampleRateHz = sampleRateHz;
    }

    /** The first byte of a message of this kind. */
    public int wireByte() {
        return wireByte;
    }

    public int sampleRateHz() {
        return sampleRateHz;
    }

    /** Bytes of {@value #FRAME_MS} ms of audio: 320 for {@link #SLIN8}. */
    public int frameBytes() {
        return sampleRateHz / (1000 / FRAME_MS) * BYTES_PER_SAMPLE;
    }

    /** Duration of so many bytes of audio. */
    long microsOf(int bytes) {
        return bytes * 1_000_000L / (sampleRateHz * (long) BYTES_PER_SAMPLE);
    }

    /** The kind with that first byte, if it is an audio kind. */
    public static Optional<AudioKind> ofWireByte(int wireByte) {
        return isAudio(wireByte) ? Optional.of(at(wireByte)) : Optional.empty();
    }

    /** The kind for a sample rate in Hz, if AudioSocket has one. */
    public static Optional<AudioKind> ofSampleRate(int sampleRateHz) {
        for (AudioKind kind : BY_WIRE_BYTE) {
            if (kind.sampleRateHz == sampleRateHz) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    static boolean isAudio(int wireByte) {
        return wireByte >= FIRST_WIRE_BYTE && wireByte < FIRST_WIRE_BYTE + BY_WIRE_BYTE.length;
    }

    static AudioKind at(int wireByte) {
        return BY_WIRE_BYTE[wireByte - FIRST_WIRE_BYTE];
    }
}
