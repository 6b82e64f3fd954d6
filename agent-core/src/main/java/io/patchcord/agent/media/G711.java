package io.patchcord.agent.media;

import io.patchcord.agent.media.AudioFormat.Encoding;

/**
 * G.711, both laws: 8-bit logarithmic samples for 16-bit linear ones, by tables that are built once. Stateless and
 * thread-safe; nothing is allocated.
 *
 * <p>Source: ITU-T G.711. Linear samples are scaled to 16 bits, so µ-law reaches ±32124 and A-law ±32256.
 */
public final class G711 {

    private static final int SIGN = 0x80;
    private static final int MANTISSA = 0x0F;
    /** G.711 inverts every other bit of A-law on the wire. */
    private static final int ALAW_TOGGLE = 0x55;
    /** What is added to a µ-law magnitude so that each segment begins at a power of two. */
    private static final int ULAW_BIAS = 132;

    private static final int ULAW_CLIP = 32_635;

    private static final short[] ULAW_TO_LINEAR = new short[256];
    private static final short[] ALAW_TO_LINEAR = new short[256];
    /** Indexed by the sample as an unsigned 16-bit number. */
    private static final byte[] LINEAR_TO_ULAW = new byte[65_536];

    private static final byte[] LINEAR_TO_ALAW = new byte[65_536];

    static {
        for (int code = 0; code < 256; code++) {
            ULAW_TO_LINEAR[code] = computeUlawToLinear(code);
            ALAW_TO_LINEAR[code] = computeAlawToLinear(code);
        }
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            LINEAR_TO_ULAW[sample & 0xFFFF] = computeLinearToUlaw(sample);
            LINEAR_TO_ALAW[sample & 0xFFFF] = computeLinearToAlaw(sample);
        }
    }

    private G711() {}

    public static short decodeUlaw(byte code) {
        return ULAW_TO_LINEAR[code & 0xFF];
    }

    public static short decodeAlaw(byte code) {
        return ALAW_TO_LINEAR[code & 0xFF];
    }

    public static byte encodeUlaw(short sample) {
        return LINEAR_TO_ULAW[sample & 0xFFFF];
    }

    public static byte encodeAlaw(short sample) {
        return LINEAR_TO_ALAW[sample & 0xFFFF];
    }

    public static void decodeUlaw(byte[] in, int offset, int count, short[] out, int outOffset) {
        decode(ULAW_TO_LINEAR, in, offset, count, out, outOffset);
    }

    public static void decodeAlaw(byte[] in, int offset, int count, short[] out, int outOffset) {
        decode(ALAW_TO_LINEAR, in, offset, count, out, outOffset);
    }

    public static void encodeUlaw(short[] in, int offset, int count, byte[] out, int outOffset) {
        encode(LINEAR_TO_ULAW, in, offset, count, out, outOffset);
    }

    public static void encodeAlaw(short[] in, int offset, int count, byte[] out, int outOffset) {
        encode(LINEAR_TO_ALAW, in, offset, count, out, outOffset);
    }

    /**
     * Decodes by the law that is named.
     *
     * @throws IllegalArgumentException if the encoding is no law of G.711
     */
    public static void decode(Encoding law, byte[] in, int offset, int count, short[] out, int outOffset) {
        decode(isUlaw(law) ? ULAW_TO_LINEAR : ALAW_TO_LINEAR, in, offset, count, out, outOffset);
    }

    /**
     * Encodes by the law that is named.
     *
     * @throws IllegalArgumentException if the encoding is no law of G.711
     */
    public static void encode(Encoding law, short[] in, int offset, int count, byte[] out, int outOffset) {
        encode(isUlaw(law) ? LINEAR_TO_ULAW : LINEAR_TO_ALAW, in, offset, count, out, outOffset);
    }

    private static boolean isUlaw(Encoding law) {
        if (law == Encoding.SLIN) {
            throw new IllegalArgumentException("SLIN is no law of G.711: give ULAW or ALAW");
        }
        return law == Encoding.ULAW;
    }

    private static void decode(short[] table, byte[] in, int offset, int count, short[] out, int outOffset) {
        for (int i = 0; i < count; i++) {
            out[outOffset + i] = table[in[offset + i] & 0xFF];
        }
    }

    private static void encode(byte[] table, short[] in, int offset, int count, byte[] out, int outOffset) {
        for (int i = 0; i < count; i++) {
            out[outOffset + i] = table[in[offset + i] & 0xFFFF];
        }
    }

    private static short computeUlawToLinear(int code) {
        int bits = ~code;
        int segment = (bits >> 4) & 7;
        int magnitude = ((((bits & MANTISSA) << 3) + ULAW_BIAS) << segment) - ULAW_BIAS;
        return (short) ((bits & SIGN) != 0 ? -magnitude : magnitude);
    }

    private static byte computeLinearToUlaw(int sample) {
        int magnitude = Math.min(Math.abs(sample), ULAW_CLIP) + ULAW_BIAS;
        int segment = highestBit(magnitude) - 7;
        int mantissa = (magnitude >> (segment + 3)) & MANTISSA;
        int sign = sample < 0 ? SIGN : 0;
        return (byte) ~(sign | (segment << 4) | mantissa);
    }

    /** The sign bit is the other way round than in µ-law: set for positive samples. */
    private static short computeAlawToLinear(int code) {
        int bits = code ^ ALAW_TOGGLE;
        int segment = (bits >> 4) & 7;
        int magnitude = ((bits & MANTISSA) << 4) + 8;
        if (segment > 0) {
            magnitude = (magnitude + 256) << (segment - 1);
        }
        return (short) ((bits & SIGN) != 0 ? magnitude : -magnitude);
    }

    private static byte computeLinearToAlaw(int sample) {
        int magnitude = (sample < 0 ? -sample - 1 : sample) >> 3;
        int segment = highestBit(magnitude >> 5) + 1;
        int mantissa = (magnitude >> Math.max(segment, 1)) & MANTISSA;
        int sign = sample < 0 ? 0 : SIGN;
        return (byte) ((sign | (segment << 4) | mantissa) ^ ALAW_TOGGLE);
    }

    /** Position of the highest bit that is set, -1 for zero. */
    private static int highestBit(int value) {
        return 31 - Integer.numberOfLeadingZeros(value);
    }
}
