package io.patchcord.agent.media;

import java.time.Duration;

/** Places in the caller's audio, in nanoseconds since the session began to listen, whatever the sampling rate. */
public final class AudioPosition {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private AudioPosition() {}

    /** Where this many samples end. */
    public static long ofSamples(long samples, AudioFormat format) {
        long rate = format.sampleRateHz();
        return samples / rate * NANOS_PER_SECOND + samples % rate * NANOS_PER_SECOND / rate;
    }

    /** How many samples lie before the place. */
    public static long toSamples(long position, AudioFormat format) {
        long rate = format.sampleRateHz();
        return position / NANOS_PER_SECOND * rate + position % NANOS_PER_SECOND * rate / NANOS_PER_SECOND;
    }

    /** How long the audio between two places lasts. */
    public static Duration between(long from, long to) {
        return Duration.ofNanos(to - from);
    }
}
