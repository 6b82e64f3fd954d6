package io.patchcord.app.caller;

import io.patchcord.agent.media.AudioFrame;

/** Tones and silence of a given length, linear at 8 kHz. */
final class Sounds {

    private Sounds() {}

    static short[] tone(int millis) {
        return tone(millis, 8_000);
    }

    static short[] tone(int millis, int amplitude) {
        short[] samples = new short[millis * 8];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (amplitude * Math.sin(2 * Math.PI * 440 * i / 8_000));
        }
        return samples;
    }

    static short[] silence(int millis) {
        return new short[millis * 8];
    }

    static short[] join(short[]... parts) {
        int length = 0;
        for (short[] part : parts) {
            length += part.length;
        }
        short[] joined = new short[length];
        int at = 0;
        for (short[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    static AudioFrame frame(short[]... parts) {
        return AudioFrame.ofSamples(8_000, join(parts));
    }
}
