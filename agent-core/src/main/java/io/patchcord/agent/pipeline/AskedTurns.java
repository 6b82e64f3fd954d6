package io.patchcord.agent.pipeline;

import io.patchcord.agent.pipeline.voice.Spoken;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The caller's turns whose words are not known yet, and where their words belong: services tell them before the end of the
 * turn, after it, or when the answer is already being heard, and those of two turns in a row. Confined to the call loop.
 */
final class AskedTurns {

    private final History history;
    private final Deque<Asked> awaited = new ArrayDeque<>();
    private @Nullable Asked last;
    private boolean inTurn;
    private boolean paused;
    private boolean remark;
    private String early = "";

    /** A turn, and the response that answers it, as soon as there is one. */
    private static final class Asked {
        private @Nullable Spoken answer;
    }

    /**
     * @param history is told the words, each in its place
     */
    AskedTurns(History history) {
        this.history = history;
    }

    /** The caller speaks: words that come now are of this turn, unless those of one before it are awaited. */
    void speechStarted() {
        inTurn = true;
        if (remark) {
            early = "";
        }
        paused = false;
        remark = false;
    }

    /** The caller pauses: words that come now are a remark, and no turn's, unless its end is told before more is said. */
    void speechStopped() {
        paused = true;
    }

    /**
     * The caller's turn is over.
     *
     * @param isDone whether a response is complete: the words of a turn that has its answer do not come any more
     */
    void ended(Predicate<Spoken> isDone) {
        inTurn = false;
        remark = false;
        awaited.removeIf(turn -> turn.answer != null && isDone.test(turn.answer));
        last = new Asked();
        awaited.addLast(last);
        if (!early.isEmpty()) {
            String words = early;
            early = "";
            said(words);
        }
    }

    /** Words of the caller's that will not change. */
    void said(String words) {
        Asked turn = awaited.pollFirst();
        if (turn == null && !inTurn) {
            // There are more words to it: of its voice, where its keys were told before, or the other way round.
            turn = last;
        }
        if (turn == null) {
            early = (early + " " + words).strip();
            remark = paused;
        } else if (turn.answer == null) {
            history.callerSaid(words);
        } else {
            history.callerHadSaid(words, turn.answer);
        }
    }

    /** Whether the words of all turns that have ended are known. */
    boolean areKnown() {
        return awaited.isEmpty();
    }

    /** This response answers all that has been asked so far. */
    void answeredBy(Spoken response) {
        awaited.forEach(turn -> turn.answer = turn.answer == null ? response : turn.answer);
        if (last != null && last.answer == null) {
            last.answer = response;
        }
    }

    /** Whoever would have told the words has gone. */
    void sessionEnded() {
        awaited.clear();
        last = null;
        inTurn = false;
        paused = false;
        remark = false;
        early = "";
    }
}
