package io.patchcord.provider.deepgram;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.spi.SttEvent;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Consumer;

/**
 * Listen v1's results as turns. The final words are collected; the turn ends with {@code speech_final}, or with
 * {@code UtteranceEnd} where no silence could be heard, or with the answer to Finalize. Results are known by their place in
 * the audio, so that one which comes twice counts once.
 *
 * <p>{@code SpeechStarted} is not asked for: it gives false alarms, and the caller is taken to speak when there is a word.
 */
final class NovaTurns implements ListenTurns {

    private static final String FINALIZE = "{\"type\":\"Finalize\"}";

    /** Times are sums of floats. */
    private static final double TOLERANCE_SECONDS = 0.005;

    private final boolean detectsTurns;
    private final Consumer<SttEvent> out;
    private final Consumer<String> control;
    private StringJoiner finals = new StringJoiner(" ");
    private String interim = "";
    private double finalUpTo;
    private double interimUpTo;
    /** Up to here words have been told as a turn, final or not. */
    private double endedAt;

    private boolean speaking;
    private boolean endsWithNextFinal;
    private int finishing;

    NovaTurns(boolean detectsTurns, Consumer<SttEvent> out, Consumer<String> control) {
        this.detectsTurns = detectsTurns;
        this.out = out;
        this.control = control;
    }

    @Override
    public void connected() {
        finalUpTo = 0;
        interimUpTo = 0;
        endedAt = 0;
    }

    @Override
    public boolean isQuiet() {
        return !speaking && finishing == 0;
    }

    @Override
    public void read(JsonNode message) {
        switch (ServiceMessage.type(message)) {
            case "Results" -> result(message);
            case "UtteranceEnd" -> utteranceEnd(message.path("last_word_end").asDouble(Double.MAX_VALUE));
            default -> {}
        }
    }

    private void result(JsonNode message) {
        double end =
                message.path("start").asDouble(0) + message.path("duration").asDouble(0);
        boolean isNew = end > finalUpTo + TOLERANCE_SECONDS;
        if (isNew && message.path("is_final").asBoolean(false)) {
            finalUpTo = end;
            finalWords(words(message));
        } else if (isNew) {
            interimUpTo = end;
            interimWords(words(message));
        }
        if (message.path("from_finalize").asBoolean(false) && finishing > 0) {
            finishing--;
            end();
        } else if (isNew && detectsTurns && speaking && endsTurn(message)) {
            end();
        }
    }

    /** The transcript; where its beginning was told as the end of a turn, when it could still change, the words after that. */
    private String words(JsonNode message) {
        JsonNode best = message.path("channel").path("alternatives").path(0);
        if (message.path("start").asDouble(0) > endedAt - TOLERANCE_SECONDS) {
            return best.path("transcript").asText("").strip();
        }
        StringJoiner words = new StringJoiner(" ");
        for (JsonNode word : best.path("words")) {
            if (word.path("start").asDouble(0) > endedAt - TOLERANCE_SECONDS) {
                words.add(word.path("punctuated_word").asText(word.path("word").asText("")));
            }
        }
        return words.toString();
    }

    private boolean endsTurn(JsonNode message) {
        return message.path("speech_final").asBoolean(false)
                || (endsWithNextFinal && message.path("is_final").asBoolean(false));
    }

    private void interimWords(String text) {
        if (!text.isEmpty() && !text.equals(interim)) {
            interim = text;
            speak();
            out.accept(new SttEvent.Interim(text));
        }
    }

    private void finalWords(String text) {
        interim = "";
        if (!text.isEmpty()) {
            finals.add(text);
            speak();
            out.accept(new SttEvent.Final(text));
        }
    }

    private void speak() {
        if (!speaking) {
            speaking = true;
            out.accept(new SttEvent.SpeechStarted());
        }
    }

    /** After a turn that has ended it is late, or there twice. Words that may still change are asked for first. */
    private void utteranceEnd(double lastWordEnd) {
        if (!detectsTurns || !speaking || lastWordEnd <= endedAt) {
            return;
        }
        if (interim.isEmpty()) {
            end();
        } else if (!endsWithNextFinal) {
            endsWithNextFinal = true;
            control.accept(FINALIZE);
        }
    }

    private void end() {
        String words = (finals + " " + interim).strip();
        finals = new StringJoiner(" ");
        endedAt = Math.max(endedAt, interim.isEmpty() ? finalUpTo : Math.max(finalUpTo, interimUpTo));
        interim = "";
        speaking = false;
        endsWithNextFinal = false;
        out.accept(new SttEvent.EndOfTurn(words));
    }

    @Override
    public Optional<String> finish() {
        finishing++;
        return Optional.of(FINALIZE);
    }

    @Override
    public void expire() {
        while (finishing > 0) {
            finishing--;
            end();
        }
    }
}
