package io.patchcord.agent.pipeline;

import io.patchcord.agent.spi.S2sEvent;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Keeps back what a response has to tell until it may be heard. Confined to the call loop; the receiver may open, close or
 * shut the gate while it is told something.
 */
final class Gate {

    private final Consumer<S2sEvent> out;
    private final Queue<S2sEvent> waiting = new ArrayDeque<>();
    private boolean open;
    private boolean shut;
    private boolean passing;
    private boolean audible;
    private boolean started;
    private boolean done;

    Gate(Consumer<S2sEvent> out) {
        this.out = out;
    }

    void tell(S2sEvent event) {
        if (!shut) {
            waiting.add(event);
            pass();
        }
    }

    void open() {
        open = true;
        pass();
    }

    /** Keeps back what comes from now on. */
    void close() {
        open = false;
    }

    /** Nothing passes any more. */
    void shut() {
        shut = true;
        waiting.clear();
    }

    /** Whether the start of the response has passed, and its end has not. */
    boolean isUnfinished() {
        return started && !done;
    }

    /** Whether nothing is kept back. */
    boolean isEmpty() {
        return waiting.isEmpty();
    }

    boolean isOpen() {
        return open;
    }

    /** Whether audio has passed. */
    boolean isAudible() {
        return audible;
    }

    private void pass() {
        if (passing) {
            return;
        }
        passing = true;
        try {
            while (open && !waiting.isEmpty()) {
                S2sEvent event = waiting.remove();
                started |= event instanceof S2sEvent.ResponseStarted;
                audible |= event instanceof S2sEvent.ResponseAudio;
                done |= event instanceof S2sEvent.ResponseDone;
                out.accept(event);
            }
        } finally {
            passing = false;
        }
    }
}
