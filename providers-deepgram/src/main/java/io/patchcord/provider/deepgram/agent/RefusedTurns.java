package io.patchcord.provider.deepgram.agent;

import io.patchcord.agent.loop.CallLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns of the caller that were told in writing and refused, as somebody was speaking: they are told again, in their order, when
 * nobody is any more. Confined to the call loop.
 */
final class RefusedTurns {

    private static final Duration PAUSE = Duration.ofMillis(500);

    /** A line can be noisy for ever. */
    private static final int MOST_PAUSES = 20;

    private final CallLoop loop;
    private final BooleanSupplier somebodySpeaks;
    private final Consumer<String> tell;
    private final List<String> waiting = new ArrayList<>();
    private CallLoop.@Nullable Timer timer;
    private int pauses;

    RefusedTurns(CallLoop loop, BooleanSupplier somebodySpeaks, Consumer<String> tell) {
        this.loop = loop;
        this.somebodySpeaks = somebodySpeaks;
        this.tell = tell;
    }

    void add(String text) {
        waiting.add(text);
        if (timer == null) {
            pauses = 0;
            pause();
        }
    }

    void clear() {
        waiting.clear();
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void pause() {
        timer = loop.schedule(PAUSE, this::tellUnlessSomebodySpeaks);
    }

    private void tellUnlessSomebodySpeaks() {
        if (somebodySpeaks.getAsBoolean() && ++pauses < MOST_PAUSES) {
            pause();
            return;
        }
        List<String> due = List.copyOf(waiting);
        clear();
        due.forEach(tell);
    }
}
