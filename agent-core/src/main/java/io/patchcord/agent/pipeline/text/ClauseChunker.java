package io.patchcord.agent.pipeline.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Cuts a language model's answer, while it comes in, into clauses that can be spoken one after the other: the first as
 * early as it sounds right, the later ones at the ends of sentences. Mark-up and what stands between {@code <think>} tags
 * is taken out; numbers, abbreviations and addresses are never cut.
 *
 * <p>The clauses are fit for a transcript; {@link TextForSpeech#spoken} makes of each what a voice can read. They do not
 * depend on how the text was cut into deltas. One chunker serves one answer and is confined to one thread.
 */
public final class ClauseChunker {

    /**
     * When to cut.
     *
     * @param firstAtComma words that the first clause must have to be cut at a comma, colon or dash
     * @param firstAtConjunction words that the first clause must have to be cut before "because", "but" and the like
     * @param atComma characters from which a later clause is cut at a comma
     * @param longest characters that no clause exceeds, as long as there is a space to cut at
     */
    public record Settings(int firstAtComma, int firstAtConjunction, int atComma, int longest) {

        public static final Settings DEFAULT = new Settings(4, 7, 120, 200);

        public Settings {
            if (firstAtComma < 1 || firstAtConjunction < 1 || atComma < 1 || longest < atComma) {
                throw new IllegalArgumentException("clauses cut from " + firstAtComma + " and " + firstAtConjunction
                        + " words, from " + atComma + " and at " + longest
                        + " characters: all must be at least 1, and the last the largest");
            }
        }
    }

    private static final Set<String> CONJUNCTIONS = Set.of(
            "because",
            "but",
            "although",
            "though",
            "while",
            "whereas",
            "unless",
            "until",
            "which",
            "so",
            "if",
            "when",
            "where",
            "before",
            "after");

    private static final String SENTENCE_ENDS = ".!?…";
    private static final String CLAUSE_ENDS = ",;:";
    private static final String DASHES = "–—-";
    private static final String CLOSERS = "\"'”’»)]}";
    /** They end a sentence, or a clause, without a space after them. */
    private static final String WIDE_SENTENCE_ENDS = "。！？";

    private static final String WIDE_CLAUSE_ENDS = "，、；：";
    /** So much text without any space is no language; it is cut anywhere. */
    private static final int LONGEST_WITHOUT_SPACE = 10;

    private final Settings settings;
    private final MarkupFilter filter = new MarkupFilter(this::accept);
    private final PendingText pending = new PendingText();
    private List<String> ready = new ArrayList<>();
    private boolean first = true;
    private boolean finished;

    public ClauseChunker(Settings settings) {
        this.settings = settings;
    }

    /** Takes more text, of any length; gives out the clauses that are complete by it, most often none. */
    public List<String> add(String delta) {
        if (finished) {
            throw new IllegalStateException("the answer is finished: take a new chunker for the next one");
        }
        for (int i = 0; i < delta.length(); i++) {
            filter.accept(delta.charAt(i));
        }
        return takeReady();
    }

    /** The answer is complete: gives out what is left. */
    public List<String> finish() {
        if (!finished) {
            finished = true;
            filter.finish();
            decideByNextWord();
            cutAt(pending.length());
        }
        return takeReady();
    }

    private List<String> takeReady() {
        List<String> taken = ready;
        ready = new ArrayList<>();
        return taken;
    }

    private void accept(char c) {
        if (c == '\n') {
            decideByNextWord();
            cutAt(pending.length());
        } else if (Character.isWhitespace(c) || c == '\u00A0') {
            atSpace();
        } else {
            beforeVisible(c);
            pending.append(c);
            cutIfTooLong();
        }
    }

    private void atSpace() {
        if (pending.length() == 0 || pending.endsWithSpace()) {
            return;
        }
        decideByNextWord();
        if (pending.length() > 0) {
            cutBeforeConjunction();
            pending.append(' ');
        }
    }

    /** All is known now about the place before this character. */
    private void beforeVisible(char c) {
        int end = pending.length();
        if (end == 0) {
            return;
        }
        char last = pending.charAt(end - 1);
        if (last == ' ') {
            betweenWords(end - 1, c);
        } else if (WIDE_SENTENCE_ENDS.indexOf(last) >= 0 && CLOSERS.indexOf(c) < 0) {
            cutAt(end);
        } else if (WIDE_CLAUSE_ENDS.indexOf(last) >= 0 || (last == '—' && Character.isLetter(c))) {
            atClauseEnd(end);
        } else if (Character.isIdeographic(last)) {
            pending.wordEndsAt(end);
        }
    }

    private void betweenWords(int end, char next) {
        String word = pending.wordBefore(end);
        int bare = endWithoutClosers(word);
        char last = bare == 0 ? ' ' : word.charAt(bare - 1);
        if (SENTENCE_ENDS.indexOf(last) >= 0) {
            atSentenceEnd(end, word.substring(0, bare), bare < word.length(), next);
        } else if (CLAUSE_ENDS.indexOf(last) >= 0 || isDash(word)) {
            if (!Character.isDigit(next)) {
                atClauseEnd(end);
            }
        } else if (!Character.isDigit(last)) {
            pending.wordEndsAt(end);
        }
    }

    private void atSentenceEnd(int end, String word, boolean quoted, char next) {
        boolean lowerNext = Character.isLowerCase(next);
        if (word.endsWith("...") || word.endsWith("…")) {
            if (lowerNext) {
                atClauseEnd(end);
            } else {
                cutAt(end);
            }
        } else if (word.endsWith("!") || word.endsWith("?")) {
            if (!(quoted && lowerNext)) {
                cutAt(end);
            }
        } else {
            atFullStop(end, withoutOpeners(word.substring(0, word.length() - 1)), next);
        }
    }

    private void atFullStop(int end, String word, char next) {
        if (isListNumber(end, word)) {
            return;
        }
        switch (Abbreviations.stopAfter(word)) {
            case GOES_ON -> {}
            case GOES_ON_BEFORE_NUMBER -> {
                if (!Character.isDigit(next) && !Character.isLowerCase(next)) {
                    cutAt(end);
                }
            }
            case NEXT_WORD_TELLS -> {
                if (!Character.isLowerCase(next) && !Character.isDigit(next)) {
                    pending.sentenceMayEndAt(end);
                }
            }
            case ENDS_SENTENCE -> {
                // A short word and then a small letter: an abbreviation that we do not know.
                if (!Character.isLowerCase(next) || word.length() >= 4) {
                    cutAt(end);
                }
            }
        }
    }

    /** "1. Open the door": the number belongs to what follows. */
    private boolean isListNumber(int end, String word) {
        return word.length() + 1 == end && word.length() <= 3 && word.chars().allMatch(Character::isDigit);
    }

    private void decideByNextWord() {
        int end = pending.takeUndecidedEnd();
        if (end != PendingText.NOWHERE && !Abbreviations.goesOnWith(pending.wordAfter(end))) {
            cutAt(end);
        }
    }

    private void atClauseEnd(int end) {
        int enough = first ? settings.firstAtComma() : Integer.MAX_VALUE;
        if (end >= settings.atComma() || pending.wordsBefore(end) >= enough) {
            cutAt(end);
        } else {
            pending.clauseEndsAt(end);
        }
    }

    private void cutBeforeConjunction() {
        if (!first) {
            return;
        }
        String word = pending.wordBefore(pending.length());
        int before = pending.length() - word.length() - 1;
        if (before > 0 && CONJUNCTIONS.contains(word) && pending.wordsBefore(before) >= settings.firstAtConjunction()) {
            cutAt(before);
        }
    }

    private void cutIfTooLong() {
        if (pending.length() <= settings.longest()) {
            return;
        }
        if (pending.clauseEnd() >= settings.longest() / 3) {
            cutAt(pending.clauseEnd());
        } else if (pending.wordEnd() != PendingText.NOWHERE) {
            cutAt(pending.wordEnd());
        } else if (pending.clauseEnd() != PendingText.NOWHERE) {
            cutAt(pending.clauseEnd());
        } else if (pending.length() > LONGEST_WITHOUT_SPACE * settings.longest()) {
            cutAt(pending.length());
        }
    }

    /** Makes a clause of what stands before that place, unless there is nothing in it to speak. */
    private void cutAt(int end) {
        String clause = pending.cut(end);
        if (clause.codePoints().anyMatch(Character::isLetterOrDigit)) {
            ready.add(clause);
            first = false;
        }
    }

    private static int endWithoutClosers(String word) {
        int end = word.length();
        while (end > 0 && CLOSERS.indexOf(word.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    private static String withoutOpeners(String word) {
        return word.replaceAll("^[\"'“‘«(\\[{]+", "");
    }

    private static boolean isDash(String word) {
        return word.length() == 1 && DASHES.indexOf(word.charAt(0)) >= 0;
    }
}
