package io.patchcord.agent.pipeline;

import io.patchcord.agent.spi.S2sEvent;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Lets one speak after the other: what belongs to a session's response waits while somebody else says a sentence. What the
 * caller does is told at once. Confined to the call loop.
 */
final class OneVoice {

    private final BooleanSupplier otherSpeaks;
    private final Consumer<S2sEvent> out;
    private final Queue<S2sEvent> waiting = new ArrayDeque<>();

    OneVoice(BooleanSupplier otherSpeaks, Consumer<S2sEvent> out) {
        this.otherSpeaks = otherSpeaks;
        this.out = out;
    }

    void tell(S2sEvent event) {
        boolean ofResponse = event instanceof S2sEvent.ResponseStarted
                || event instanceof S2sEvent.ResponseText
                || event instanceof S2sEvent.ResponseAudio
                || event instanceof S2sEvent.ResponseDone;
        if (ofResponse && (otherSpeaks.getAsBoolean() || !waiting.isEmpty())) {
            waiting.add(event);
        } else {
            out.accept(event);
        }
    }

    /** The other has finished. */
    void goOn() {
        while (!waiting.isEmpty() && !otherSpeaks.getAsBoolean()) {
            out.accept(waiting.remove());
        }
    }
}
