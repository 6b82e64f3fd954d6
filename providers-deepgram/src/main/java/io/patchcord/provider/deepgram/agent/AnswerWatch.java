package io.patchcord.provider.deepgram.agent;

import io.patchcord.agent.loop.CallLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a service which should say something has fallen silent, though its connection lives. Confined to the call
 * loop.
 */
final class AnswerWatch {

    /** A line can be noisy for ever; a caller does not speak for so many times the limit without a word that is told. */
    private static final int CALLERS_PATIENCE = 3;

    private final CallLoop loop;
    private final Duration limit;
    private final Waiting waiting;
    private final Runnable silent;
    private CallLoop.@Nullable Timer timer;
    private long expectedNanos;
    private int silences;
    private boolean closed;

    /** Whether the service rightly waits at the moment. */
    interface Waiting {

        /** For a tool of ours. */
        boolean forTool();

        /** For the end of what the caller seems to say. */
        boolean forCaller();
    }

    /**
     * @param silent called when it is silent for the limit without that
     */
    AnswerWatch(CallLoop loop, Duration limit, Waiting waiting, Runnable silent) {
        this.loop = loop;
        this.limit = limit;
        this.waiting = waiting;
        this.silent = silent;
    }

    /** Something is to come now. */
    void expect() {
        expectAfter(Duration.ZERO);
    }

    /** Something is to come after this time. */
    void expectAfter(Duration time) {
        expectedNanos = loop.nanoTime() + time.toNanos();
        scheduleAfter(time);
    }

    /** Something is to come, by the time that was set, or from now on if none was. */
    void expectStill() {
        if (timer == null) {
            expect();
        }
    }

    /** The service says that what was to come may take as long again; nothing if nothing was. */
    void extend() {
        if (timer != null) {
            expect();
        }
    }

    /** The caller seems to go on: what was to come may take as long again, but not for ever. */
    void extendForCaller() {
        if (timer != null && isWithinPatience()) {
            scheduleAfter(Duration.ZERO);
        }
    }

    /** The service speaks. */
    void answered() {
        silences = 0;
    }

    /** Whether it has been silent twice without a word in between: then it will be so the third time. */
    boolean isSilentAgain() {
        return silences > 1;
    }

    /** Nothing more is to come. */
    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    void close() {
        closed = true;
        stop();
    }

    private void scheduleAfter(Duration time) {
        stop();
        if (!closed) {
            timer = loop.schedule(time.plus(limit), this::check);
        }
    }

    private boolean isWithinPatience() {
        return loop.nanoTime() - expectedNanos
                <= limit.multipliedBy(CALLERS_PATIENCE - 1).toNanos();
    }

    private void check() {
        timer = null;
        if (waiting.forTool()) {
            expect();
        } else if (waiting.forCaller() && isWithinPatience()) {
            scheduleAfter(Duration.ZERO);
        } else {
            silences++;
            silent.run();
        }
    }
}
