package io.patchcord.agent.pipeline.voice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the caller hears of a response: its words with the length of the audio that came with them, so that an interruption
 * can be put into words. For the pipeline's own use. Confined to the call loop.
 */
public final class Spoken {

    /** For words whose audio is not complete: about so long does a voice take for a character. */
    static final Duration PER_CHARACTER = Duration.ofMillis(60);

    private final List<Stretch> stretches = new ArrayList<>();
    private final StringBuilder words = new StringBuilder();
    private Duration perCharacter = PER_CHARACTER;
    private Duration heard = Duration.ZERO;
    private boolean interrupted;
    private boolean brokenOff;

    /** Words that were told together, and the audio that came before the next ones. */
    private static final class Stretch {

        private int characters;
        private Duration audio = Duration.ZERO;
        private boolean complete;

        Duration length(Duration perCharacter) {
            Duration estimate = perCharacter.multipliedBy(characters);
            return complete || audio.compareTo(estimate) > 0 ? audio : estimate;
        }
    }

    /** More words, with the blanks that they need; their audio follows. */
    public void addText(String text) {
        Stretch last = stretches.isEmpty() ? null : last();
        if (last == null || last.complete || !last.audio.isZero()) {
            endWords();
            last = new Stretch();
            stretches.add(last);
        }
        last.characters += text.length();
        words.append(text);
    }

    /** More audio of the words that were told last. */
    public void addAudio(Duration length) {
        if (stretches.isEmpty()) {
            addText("");
        }
        Stretch stretch = last();
        stretch.audio = stretch.audio.plus(length);
    }

    /** The words that were told last have no more audio. */
    public void endWords() {
        if (!stretches.isEmpty()) {
            last().complete = true;
        }
    }

    /** How much audio there is so far. */
    public Duration audio() {
        return stretches.stream().map(stretch -> stretch.audio).reduce(Duration.ZERO, Duration::plus);
    }

    /** The caller heard no more than this. */
    public void cut(Duration playedOut) {
        interrupted = true;
        brokenOff = false;
        heard = playedOut;
    }

    /** It broke off: the caller hears all audio that there is, and the word at its end counts as heard. */
    public void breakOff() {
        cut(audio());
        brokenOff = true;
    }

    /**
     * The same, where it is known how fast the voice speaks.
     *
     * @param paceOfVoice audio per character
     */
    public void breakOff(Duration paceOfVoice) {
        perCharacter = paceOfVoice;
        breakOff();
    }

    public boolean isInterrupted() {
        return interrupted;
    }

    /** All words, or, after an interruption, the whole ones that were heard before it. */
    public String text() {
        return words.substring(0, end()).strip();
    }

    /** The words that were not heard because of an interruption. */
    public String rest() {
        return words.substring(end()).strip();
    }

    private int end() {
        return interrupted ? endOfWord(charactersHeard()) : words.length();
    }

    private int charactersHeard() {
        int characters = 0;
        Duration left = heard;
        for (Stretch stretch : stretches) {
            Duration length = stretch.length(perCharacter);
            if (left.compareTo(length) < 0) {
                return characters + (int) (stretch.characters * left.toNanos() / Math.max(1, length.toNanos()));
            }
            characters += stretch.characters;
            left = left.minus(stretch.audio);
        }
        return characters;
    }

    /** A word that was begun and not ended is left out; after a break it is not said again. */
    private int endOfWord(int at) {
        if (at == 0 || at == words.length() || Character.isWhitespace(words.charAt(at))) {
            return at;
        }
        int end = brokenOff ? words.indexOf(" ", at) : words.lastIndexOf(" ", at);
        return end >= 0 ? end : brokenOff ? words.length() : 0;
    }

    private Stretch last() {
        return stretches.get(stretches.size() - 1);
    }
}
