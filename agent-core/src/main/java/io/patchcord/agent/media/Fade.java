package io.patchcord.agent.media;

import java.time.Duration;

/**
 * Lets audio begin from silence or end in it within a few milliseconds, since a cut in the middle of a wave is heard as a
 * click. Stateless and thread-safe; the frames given are not changed.
 */
public final class Fade {

    /** Long enough to hide a click, too short to be heard itself. */
    public static final Duration SHORT = Duration.ofMillis(5);

    private Fade() {}

    /** The frame with its first samples raised from silence; all of it, if it is shorter than the fade. */
    public static AudioFrame in(AudioFrame frame, Duration duration) {
        short[] samples = AudioConverter.linear(frame);
        int length = Math.min(samples.length, frame.format().samplesIn(duration));
        for (int i = 0; i < length; i++) {
            samples[i] = scaled(samples[i], i, length);
        }
        return AudioConverter.encode(samples, samples.length, frame.format());
    }

    /** The frame with its last samples lowered to silence; all of it, if it is shorter than the fade. */
    public static AudioFrame out(AudioFrame frame, Duration duration) {
        short[] samples = AudioConverter.linear(frame);
        int length = Math.min(samples.length, frame.format().samplesIn(duration));
        for (int i = 0; i < length; i++) {
            int fromEnd = samples.length - 1 - i;
            samples[fromEnd] = scaled(samples[fromEnd], i, length);
        }
        return AudioConverter.encode(samples, samples.length, frame.format());
    }

    private static short scaled(short sample, int step, int steps) {
        return (short) (sample * step / steps);
    }
}
