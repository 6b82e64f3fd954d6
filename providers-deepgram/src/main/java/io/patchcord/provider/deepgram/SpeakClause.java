package io.patchcord.provider.deepgram;

import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/** A clause that is not done: where it is being spoken, and whether the caller may have heard of it. Confined to the call loop. */
final class SpeakClause {

    private final String id;
    private final String text;
    private State state = State.WAITING;
    private @Nullable Call exchange;
    private boolean heard;
    private int losses;

    private enum State {
        WAITING,
        /** Text and Flush are on their way; what comes before its Flushed is its audio. */
        SENT,
        /** An exchange of its own, by REST. */
        EXCHANGED
    }

    SpeakClause(String id, String text) {
        this.id = id;
        this.text = text;
    }

    String id() {
        return id;
    }

    String text() {
        return text;
    }

    /** Deepgram refuses a text without a word in it. */
    boolean isWordless() {
        return text.codePoints().noneMatch(Character::isLetterOrDigit);
    }

    boolean isWaiting() {
        return state == State.WAITING;
    }

    boolean isSent() {
        return state == State.SENT;
    }

    void sent() {
        state = State.SENT;
    }

    void exchangedBy(Call call) {
        state = State.EXCHANGED;
        exchange = call;
    }

    void cancelExchange() {
        if (exchange != null) {
            exchange.cancel();
        }
    }

    void heard() {
        heard = true;
    }

    /**
     * The connection was lost while it was this clause's turn. What was heard is not said again, and what was lost twice is not
     * tried a third time.
     */
    boolean isGivenUp() {
        losses++;
        return heard || losses > 1;
    }

    /** To be sent again. */
    void waitAgain() {
        state = State.WAITING;
    }
}
