package io.patchcord.agent.pipeline;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioPosition;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * When each place of the caller's audio was received, by the loop's clock. Remembers the last ten seconds. Confined to the
 * call loop.
 */
final class ArrivalTimes {

    private static final long KEPT_NANOS = 10_000_000_000L;

    private final Deque<Arrival> arrivals = new ArrayDeque<>();
    private long samples;

    /** A frame was received. */
    void add(int count, AudioFormat format, long nowNanos) {
        samples += count;
        arrivals.addLast(new Arrival(AudioPosition.ofSamples(samples, format), nowNanos));
        while (arrivals.size() > 1 && nowNanos - arrivals.getFirst().atNanos > KEPT_NANOS) {
            arrivals.removeFirst();
        }
    }

    /** When the frame that holds the place was received; now if it was not, and the oldest known time if it is forgotten. */
    long arrivalOf(long position, long nowNanos) {
        for (Arrival arrival : arrivals) {
            if (arrival.endPosition >= position) {
                return arrival.atNanos;
            }
        }
        return nowNanos;
    }

    /** Where the audio ends that was received so far. */
    long end() {
        return arrivals.isEmpty() ? 0 : arrivals.getLast().endPosition;
    }

    private record Arrival(long endPosition, long atNanos) {}
}
