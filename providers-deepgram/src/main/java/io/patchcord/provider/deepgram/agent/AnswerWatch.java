package io.patchcord.provider.deepgram.agent;

import io.patchcord.agent.loop.CallLoop;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a service which should say something has fallen silent, though its connection lives. Confined to the call
 * loop.
 */
final class AnswerWatch {

    private final CallLoop loop;
    private final Duration limit;
    private final BooleanSupplier waiting;
    private final Runnable silent;
    private CallLoop.@Nullable Timer timer;
    private boolean closed;

    /**
     * @param waiting whether the service rightly waits at the moment
     * @param silent called when it is silent for the limit without that
     */
    AnswerWatch(CallLoop loop, Duration limit, BooleanSupplier waiting, Runnable silent) {
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
        stop();
        if (!closed) {
            timer = loop.schedule(time.plus(limit), this::check);
        }
    }

    /** What was to come may take as long again; nothing if nothing was. */
    void extend() {
        if (timer != null) {
            expect();
        }
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

    private void check() {
        timer = null;
        if (waiting.getAsBoolean()) {
            expect();
        } else {
            silent.run();
        }
    }
}
