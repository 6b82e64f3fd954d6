package io.patchcord.agent;

import io.patchcord.agent.spi.S2sEvent;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows one turn from the end of the caller's speech to the first frame of the answer. Confined to the call loop. */
final class LatencyMeter {

    private final Map<S2sEvent.Stage, Long> marks = new EnumMap<>(S2sEvent.Stage.class);
    private long speechEnd;
    private boolean running;

    void turnEnded(long speechEndNanos) {
        speechEnd = speechEndNanos;
        running = true;
        // Marks of what was said before, such as the greeting, belong to no turn.
        marks.values().removeIf(at -> at - speechEndNanos < 0);
    }

    /** Only the first mark of a stage counts; marks may come before the turn is known to be over. */
    void mark(S2sEvent.Stage stage, long atNanos) {
        marks.putIfAbsent(stage, atNanos);
    }

    /** The caller goes on: what was measured so far belongs to no answer. */
    void reset() {
        marks.clear();
        running = false;
    }

    /** The first frame of a response has left; empty if it answers no turn. */
    Optional<TurnLatency> firstFrame(long atNanos) {
        if (!running) {
            return Optional.empty();
        }
        long[] at = {speechEnd};
        TurnLatency latency = new TurnLatency(
                part(at, marks.get(S2sEvent.Stage.ENDPOINT), atNanos),
                part(at, marks.get(S2sEvent.Stage.TRANSCRIPT), atNanos),
                part(at, marks.get(S2sEvent.Stage.FIRST_TEXT), atNanos),
                part(at, marks.get(S2sEvent.Stage.FIRST_AUDIO), atNanos),
                part(at, atNanos, atNanos));
        reset();
        return Optional.of(latency);
    }

    /** From the step before to this one; zero for a step that is unknown or was reached ahead of the one before. */
    private static Duration part(long[] at, @Nullable Long mark, long end) {
        if (mark == null || mark - at[0] <= 0 || mark - end > 0) {
            return Duration.ZERO;
        }
        long part = mark - at[0];
        at[0] = mark;
        return Duration.ofNanos(part);
    }
}
