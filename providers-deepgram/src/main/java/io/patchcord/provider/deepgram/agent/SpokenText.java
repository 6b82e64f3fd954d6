package io.patchcord.provider.deepgram.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * What the caller hears of a response: its sentences, each with the audio that follows it, so that an interruption or a break
 * can be put into words. Confined to the call loop.
 */
final class SpokenText {

    /** About so long a voice takes for a character; for a sentence whose audio is not complete. */
    private static final Duration PER_CHARACTER = Duration.ofMillis(60);

    private final List<Sentence> sentences = new ArrayList<>();
    private Duration audio = Duration.ZERO;
    private Duration heard = Duration.ZERO;
    private boolean given;
    private boolean complete;
    private boolean ended;
    private boolean cut;

    /**
     * @param begin in the audio of the response
     */
    private record Sentence(String text, Duration begin) {

        /** Where in the text its audio ends: at a blank, or at the text's end. */
        int endOf(Duration part, Duration whole) {
            if (part.compareTo(whole) >= 0) {
                return text.length();
            }
            int end = (int) (text.length() * Math.max(0, part.toNanos()) / Math.max(1, whole.toNanos()));
            return Math.max(0, text.lastIndexOf(' ', end));
        }
    }

    /** A sentence whose audio begins where that of the one before ends. */
    void add(String text) {
        sentences.add(new Sentence(text.strip(), audio));
    }

    /** The words are not the model's: it was told to say them. */
    void given() {
        given = true;
    }

    boolean isGiven() {
        return given;
    }

    void addAudio(Duration length) {
        audio = audio.plus(length);
    }

    Duration audio() {
        return audio;
    }

    /** All audio has come. */
    void complete() {
        complete = true;
    }

    /** The service has ended it because the caller speaks; what did not come is not owed any more. */
    void end() {
        ended = true;
    }

    /** The caller heard no more than this, and does not hear the rest. */
    void cutAt(Duration playedOut) {
        cut = true;
        heard = playedOut;
    }

    boolean isCut() {
        return cut;
    }

    /** The words that are heard. */
    String heard() {
        StringJoiner words = new StringJoiner(" ");
        for (int i = 0; i < sentences.size(); i++) {
            String part = sentences.get(i).text().substring(0, end(i));
            if (part.isBlank()) {
                break;
            }
            words.add(part);
        }
        return words.toString();
    }

    /** Whether it broke off through no fault of the caller's. */
    boolean isBroken() {
        return !complete && !ended && !cut;
    }

    /** The words whose audio has not come. */
    String missing() {
        StringJoiner words = new StringJoiner(" ");
        for (int i = 0; i < sentences.size() && !complete; i++) {
            String part = sentences.get(i).text().substring(end(i)).strip();
            if (!part.isEmpty()) {
                words.add(part);
            }
        }
        return words.toString();
    }

    /** How much of a sentence's text is heard. */
    private int end(int index) {
        Sentence sentence = sentences.get(index);
        boolean last = index == sentences.size() - 1;
        Duration whole = last
                ? audio.minus(sentence.begin())
                : sentences.get(index + 1).begin().minus(sentence.begin());
        Duration estimate = PER_CHARACTER.multipliedBy(sentence.text().length());
        if (last && !complete && estimate.compareTo(whole) > 0) {
            whole = estimate;
        }
        Duration until = cut ? heard : audio;
        return sentence.endOf(until.minus(sentence.begin()), whole);
    }
}
