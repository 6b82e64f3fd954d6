package io.patchcord.provider.deepgram.agent;

import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sEvent.LatencyMark;
import io.patchcord.agent.spi.S2sEvent.Stage;
import java.util.List;

/** The steps from the end of a turn to its answer, as far as the service tells them. Confined to the call loop. */
final class TurnClock {

    private boolean running;
    private long turnNanos;
    private long textNanos;

    /** The words of the turn have come, and with them the news that it is over. */
    List<S2sEvent> turnEnded(long nowNanos) {
        running = true;
        turnNanos = nowNanos;
        textNanos = nowNanos;
        return List.of(new LatencyMark(Stage.ENDPOINT, nowNanos), new LatencyMark(Stage.TRANSCRIPT, nowNanos));
    }

    /** Words of the answer have come; the service sends them together with their audio. */
    void text(long nowNanos) {
        if (textNanos == turnNanos) {
            textNanos = nowNanos;
        }
    }

    /**
     * How long the model took for its first words ({@code ttt_latency}), which is known better than when they were sent.
     */
    void modelTook(double seconds, long nowNanos) {
        if (seconds > 0 && seconds < 600) {
            textNanos = Math.min(nowNanos, turnNanos + (long) (seconds * 1e9));
        }
    }

    /** The first audio of the answer; nothing if it answers no turn. */
    List<S2sEvent> audio(long nowNanos) {
        if (!running) {
            return List.of();
        }
        running = false;
        return List.of(new LatencyMark(Stage.FIRST_TEXT, textNanos), new LatencyMark(Stage.FIRST_AUDIO, nowNanos));
    }
}
