package io.patchcord.provider.deepgram.agent;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Sentences that the service was asked to speak word for word. It says them back as words of the agent, whole or in pieces,
 * which is how their responses are told from the model's. Confined to the call loop.
 */
final class Injections {

    private static final int MAX_TRIES = 4;

    private final Deque<Sentence> open = new ArrayDeque<>();

    private static final class Sentence {

        private final String text;
        private String left;
        private boolean begun;
        private int tries;

        Sentence(String text) {
            this.text = text;
            this.left = bare(text);
        }
    }

    /** What words of the agent have to do with an injected sentence. */
    enum Match {
        NONE,
        BEGIN,
        CONTINUATION
    }

    void add(String text) {
        open.add(new Sentence(text));
    }

    /** To be said before all others. */
    void addFirst(String text) {
        open.addFirst(new Sentence(text));
    }

    /** Whether there are any that have not been begun. */
    boolean isWaiting() {
        return open.stream().anyMatch(sentence -> !sentence.begun);
    }

    /** Whether these words are, or go on with, the sentence that is next. */
    Match match(String words) {
        if (!open.isEmpty() && open.peek().begun && !isNext(words)) {
            // The service has gone on to something else.
            open.remove();
        }
        if (open.isEmpty() || !isNext(words)) {
            return Match.NONE;
        }
        Sentence sentence = open.peek();
        Match match = sentence.begun ? Match.CONTINUATION : Match.BEGIN;
        sentence.begun = true;
        sentence.left = sentence.left.substring(bare(words).length());
        if (sentence.left.isEmpty()) {
            open.remove();
        }
        return match;
    }

    /** The next one was refused: the text to try again with, if that makes sense. */
    Optional<String> refused() {
        Sentence next = open.peek();
        if (next == null || next.begun) {
            return Optional.empty();
        }
        if (++next.tries >= MAX_TRIES) {
            open.remove();
            return Optional.empty();
        }
        return Optional.of(next.text);
    }

    /** All that have not been begun. */
    List<String> unsaid() {
        List<String> texts = new ArrayList<>();
        open.removeIf(sentence -> sentence.begun);
        open.forEach(sentence -> texts.add(sentence.text));
        return texts;
    }

    /** Whether the words are spoken in the sentence. */
    static boolean isPart(String words, String sentence) {
        String bare = bare(words);
        return !bare.isEmpty() && bare(sentence).contains(bare);
    }

    private boolean isNext(String words) {
        String bare = bare(words);
        return !bare.isEmpty() && open.element().left.startsWith(bare);
    }

    /** Without what a voice does not speak. */
    private static String bare(String text) {
        StringBuilder letters = new StringBuilder();
        text.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(letters::appendCodePoint);
        return letters.toString();
    }
}
