package io.patchcord.agent.pipeline;

import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sEvent.Stage;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The latency marks of one turn, each told once. What was done ahead of its time counts as done when the step before it was,
 * so that the steps add up to the whole. Confined to the call loop.
 */
final class TurnMarks {

    private final Consumer<S2sEvent> out;
    private final Set<Stage> told = EnumSet.noneOf(Stage.class);
    private long lastNanos;

    TurnMarks(Consumer<S2sEvent> out, long endpointNanos) {
        this.out = out;
        this.lastNanos = endpointNanos;
        mark(Stage.ENDPOINT, endpointNanos);
    }

    void mark(Stage stage, long atNanos) {
        if (told.add(stage)) {
            lastNanos = Math.max(lastNanos, atNanos);
            out.accept(new S2sEvent.LatencyMark(stage, lastNanos));
        }
    }
}
