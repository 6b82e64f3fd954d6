package io.patchcord.agent.media;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Finds when the caller's last word really ended: detectors go on for about a tenth of a second after it, and a latency that
 * begins with their end would be that much too good. Confined to the call loop.
 */
public final class LastWord {

    private static final int SLICE_MS = 10;
    private static final Duration USUALLY_KEPT = Duration.ofSeconds(3);
    private static final Duration USUAL_LOOK_BACK = Duration.ofMillis(400);

    /** 30 dB below the loudest part of the speech before it. */
    private static final double AUDIBLE = 0.03;

    private final AudioFormat format;
    private final int sliceSamples;
    private final long keptNanos;
    private final Deque<Slice> slices = new ArrayDeque<>();
    private double energy;
    private long samples;

    /** Ten milliseconds of audio. */
    private record Slice(long end, double loudness) {}

    /**
     * Remembers the last three seconds.
     *
     * @param format linear
     */
    public LastWord(AudioFormat format) {
        this(format, USUALLY_KEPT);
    }

    /**
     * @param format linear
     * @param kept how much is remembered, which is the longest look back
     */
    public LastWord(AudioFormat format, Duration kept) {
        this.format = format;
        this.keptNanos = kept.toNanos();
        this.sliceSamples = format.sampleRateHz() * SLICE_MS / 1000;
    }

    /** More audio, frames of any length. */
    public void add(AudioFrame frame) {
        for (short sample : frame.toSamples()) {
            energy += (double) sample * sample;
            if (++samples % sliceSamples == 0) {
                slices.addLast(new Slice(AudioPosition.ofSamples(samples, format), Math.sqrt(energy / sliceSamples)));
                energy = 0;
            }
        }
        while (!slices.isEmpty() && AudioPosition.ofSamples(samples, format) - slices.getFirst().end > keptNanos) {
            slices.removeFirst();
        }
    }

    /** Where the word ended whose end the detector saw at this {@linkplain AudioPosition position}; there, if it is hard to say. */
    public long endBefore(long position) {
        return endBefore(position, USUAL_LOOK_BACK);
    }

    /** As {@link #endBefore(long)}, for a detector that may be later by as much as this. */
    public long endBefore(long position, Duration lookBack) {
        double audible = AUDIBLE
                * slices.stream()
                        .filter(slice -> slice.end <= position)
                        .mapToDouble(Slice::loudness)
                        .max()
                        .orElse(0);
        return slices.stream()
                .filter(slice -> slice.end <= position && position - slice.end < lookBack.toNanos())
                .filter(slice -> slice.loudness > audible)
                .mapToLong(Slice::end)
                .max()
                .orElse(position);
    }
}
