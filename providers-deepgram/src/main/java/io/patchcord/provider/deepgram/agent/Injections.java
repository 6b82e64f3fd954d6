package io.patchcord.provider.deepgram.agent;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

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
        private boolean waits;
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

    /** One was refused, which is the first that may have been; false if it is not to be tried again. */
    boolean refused() {
        Optional<Sentence> refused = open.stream()
                .filter(sentence -> !sentence.begun && !sentence.waits)
                .findFirst();
        if (refused.isEmpty()) {
            return false;
        }
        Sentence sentence = refused.get();
        sentence.waits = ++sentence.tries < MAX_TRIES;
        if (!sentence.waits) {
            open.remove(sentence);
        }
        return sentence.waits;
    }

    /** Those that were refused, to be tried again. */
    List<String> refusedOnes() {
        return take(sentence -> sentence.waits && !sentence.begun);
    }

    /** All that have not been begun. */
    List<String> unsaid() {
        open.removeIf(sentence -> sentence.begun);
        return take(sentence -> true);
    }

    private List<String> take(Predicate<Sentence> which) {
        List<String> texts = new ArrayList<>();
        open.stream().filter(which).forEach(sentence -> {
            sentence.waits = false;
            texts.add(sentence.text);
        });
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
