package io.patchcord.provider.deepgram;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.spi.SttEvent;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Listen v2's TurnInfo as events: its states are idle, speaking, and maybe done, which is left by TurnResumed or EndOfTurn.
 * Messages are numbered, and so are turns: what comes twice, or late, is passed over.
 */
final class FluxTurns implements ListenTurns {

    private static final String FORCE_END_TURN = "{\"type\":\"ForceEndTurn\"}";

    private final Consumer<SttEvent> out;
    private State state = State.IDLE;
    private String words = "";
    private long lastSequence = -1;
    private long turn;
    private long lastEnded = -1;
    private int finishing;

    private enum State {
        IDLE,
        SPEAKING,
        MAYBE_DONE
    }

    FluxTurns(Consumer<SttEvent> out) {
        this.out = out;
    }

    @Override
    public void connected() {
        lastSequence = -1;
        turn = 0;
        lastEnded = -1;
        state = State.IDLE;
        words = "";
    }

    @Override
    public boolean isQuiet() {
        return state == State.IDLE && finishing == 0;
    }

    @Override
    public void read(JsonNode message) {
        if (isRepeated(message) || !ServiceMessage.type(message).equals("TurnInfo")) {
            return;
        }
        long index = message.path("turn_index").asLong(turn);
        if (index <= lastEnded || index < turn) {
            return;
        }
        if (index > turn) {
            nextTurn(index);
        }
        event(
                message.path("event").asText(""),
                message.path("transcript").asText("").strip());
    }

    private boolean isRepeated(JsonNode message) {
        JsonNode number = message.path("sequence_id");
        if (!number.isIntegralNumber()) {
            return false;
        }
        boolean repeated = number.asLong() <= lastSequence;
        lastSequence = Math.max(lastSequence, number.asLong());
        return repeated;
    }

    /** The end of the turn before was missed; what it said is said. */
    private void nextTurn(long index) {
        if (state != State.IDLE) {
            end(words);
        }
        turn = index;
    }

    private void event(String event, String text) {
        switch (event) {
            case "StartOfTurn" -> speak(text);
            case "Update" -> update(text);
            case "EagerEndOfTurn" -> maybeDone(text);
            case "TurnResumed" -> resume(text);
            case "EndOfTurn" -> end(text);
            default -> {}
        }
    }

    /** Between turns there are updates, too, and they have no words. */
    private void update(String text) {
        if (!text.isEmpty() && state != State.MAYBE_DONE) {
            speak(text);
        }
    }

    private void speak(String text) {
        if (state == State.IDLE) {
            state = State.SPEAKING;
            out.accept(new SttEvent.SpeechStarted());
        }
        interim(text);
    }

    private void interim(String text) {
        if (!text.isEmpty() && !text.equals(words)) {
            words = text;
            out.accept(new SttEvent.Interim(text));
        }
    }

    private void maybeDone(String text) {
        if (text.isEmpty() || (state == State.MAYBE_DONE && text.equals(words))) {
            return;
        }
        resume("");
        speak(text);
        state = State.MAYBE_DONE;
        out.accept(new SttEvent.EagerEndOfTurn(text));
    }

    private void resume(String text) {
        if (state == State.MAYBE_DONE) {
            state = State.SPEAKING;
            out.accept(new SttEvent.TurnResumed());
        }
        if (!text.isEmpty()) {
            speak(text);
        }
    }

    /** By the documentation the words are those of the eager end; should they not be, that one is taken back. */
    private void end(String text) {
        if (!text.equals(words)) {
            resume("");
        }
        lastEnded = turn;
        turn++;
        finishing = Math.max(0, finishing - 1);
        state = State.IDLE;
        words = "";
        out.accept(new SttEvent.EndOfTurn(text));
    }

    @Override
    public Optional<String> finish() {
        finishing++;
        return state == State.IDLE ? Optional.empty() : Optional.of(FORCE_END_TURN);
    }

    @Override
    public void expire() {
        while (finishing > 0) {
            if (state == State.IDLE) {
                finishing--;
                out.accept(new SttEvent.EndOfTurn(""));
            } else {
                end(words);
            }
        }
    }
}
