package io.patchcord.provider.openai.testing;

import java.util.Arrays;

/** Linear 8 kHz audio, of which the beginning can be forgotten; places are milliseconds since the session began. */
final class FakeAudioBuffer {

    private static final int BYTES_PER_MS = 16;

    private byte[] data = new byte[1 << 16];
    private int length;
    private int startMs;

    void add(byte[] linear) {
        if (length + linear.length > data.length) {
            data = Arrays.copyOf(data, Math.max(2 * data.length, length + linear.length));
        }
        System.arraycopy(linear, 0, data, length, linear.length);
        length += linear.length;
    }

    int endMs() {
        return startMs + length / BYTES_PER_MS;
    }

    void dropBefore(int ms) {
        int dropped = Math.min(length, (ms - startMs) * BYTES_PER_MS);
        if (dropped > 0) {
            System.arraycopy(data, dropped, data, 0, length - dropped);
            length -= dropped;
            startMs += dropped / BYTES_PER_MS;
        }
    }

    byte[] between(int fromMs, int toMs) {
        int from = Math.max(0, fromMs - startMs) * BYTES_PER_MS;
        return Arrays.copyOfRange(data, from, Math.max(from, Math.min(length, (toMs - startMs) * BYTES_PER_MS)));
    }

    /** The root mean square. */
    double loudness(int fromMs, int toMs) {
        byte[] linear = between(fromMs, toMs);
        double sum = 0;
        for (int i = 0; i + 1 < linear.length; i += 2) {
            short sample = (short) ((linear[i] & 0xFF) | linear[i + 1] << 8);
            sum += (double) sample * sample;
        }
        return Math.sqrt(sum / Math.max(1, linear.length / 2));
    }
}
