package io.patchcord.agent.pipeline;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Finds when the caller's last word really ended: detectors go on for about a tenth of a second after it, and a latency that
 * begins with their end would be that much too good. Remembers the last seconds. Confined to the call loop.
 */
final class LastWord {

    private static final int SLICE_MS = 10;
    private static final long KEPT_NANOS = 3_000_000_000L;
    private static final long LOOK_BACK_NANOS = 400_000_000L;

    /** 30 dB below the loudest part of the speech before it. */
    private static final double AUDIBLE = 0.03;

    private final AudioFormat format;
    private final int sliceSamples;
    private final Deque<Slice> slices = new ArrayDeque<>();
    private double energy;
    private long samples;

    /** Ten milliseconds of audio. */
    private record Slice(long end, double loudness) {}

    /**
     * @param format linear
     */
    LastWord(AudioFormat format) {
        this.format = format;
        this.sliceSamples = format.sampleRateHz() * SLICE_MS / 1000;
    }

    void add(AudioFrame frame) {
        for (short sample : frame.toSamples()) {
            energy += (double) sample * sample;
            if (++samples % sliceSamples == 0) {
                slices.addLast(new Slice(AudioPosition.ofSamples(samples, format), Math.sqrt(energy / sliceSamples)));
                energy = 0;
            }
        }
        while (!slices.isEmpty() && AudioPosition.ofSamples(samples, format) - slices.getFirst().end > KEPT_NANOS) {
            slices.removeFirst();
        }
    }

    /** Where the word ended whose end the detector saw at this {@linkplain AudioPosition position}; there, if it is hard to say. */
    long endBefore(long position) {
        double audible = AUDIBLE
                * slices.stream()
                        .filter(slice -> slice.end <= position)
                        .mapToDouble(Slice::loudness)
                        .max()
                        .orElse(0);
        return slices.stream()
                .filter(slice -> slice.end <= position && position - slice.end < LOOK_BACK_NANOS)
                .filter(slice -> slice.loudness > audible)
                .mapToLong(Slice::end)
                .max()
                .orElse(position);
    }
}
