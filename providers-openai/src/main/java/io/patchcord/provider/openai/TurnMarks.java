package io.patchcord.provider.openai;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sEvent.Stage;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The latency marks of the answer to a turn, each told once. There is none for the transcript: the model does not wait for
 * it. Confined to the call loop.
 */
final class TurnMarks {

    private final CallLoop loop;
    private final Consumer<S2sEvent> out;
    private final Set<Stage> told = EnumSet.noneOf(Stage.class);
    private boolean awaited;
    private @Nullable AgentResponse answer;

    TurnMarks(CallLoop loop, Consumer<S2sEvent> out) {
        this.loop = loop;
        this.out = out;
    }

    /** The caller's turn is over, by the server's judgement just now. */
    void turnEnded() {
        told.clear();
        answer = null;
        awaited = true;
        mark(Stage.ENDPOINT);
    }

    /** A response begins; the first one after a turn is measured. */
    void answeredBy(AgentResponse response) {
        if (awaited && response.request().isAnswer()) {
            awaited = false;
            answer = response;
        }
    }

    /** Nothing was heard of the response, or not all; the next one is measured in its place. */
    void lost(AgentResponse response) {
        if (response == answer) {
            answer = null;
            awaited = true;
        }
    }

    /** The response has got so far. */
    void reached(AgentResponse response, Stage stage) {
        if (response == answer) {
            mark(stage);
        }
    }

    private void mark(Stage stage) {
        if (told.add(stage)) {
            out.accept(new S2sEvent.LatencyMark(stage, loop.nanoTime()));
        }
    }
}
