package io.patchcord.agent.pipeline.text;

import java.util.regex.Pattern;

/**
 * Text of which no clause has been made yet, with single spaces between its words. Places in it are those behind a character;
 * they move along when a clause is cut off before them. Confined to one thread.
 */
final class PendingText {

    static final int NOWHERE = -1;

    private static final Pattern SPACE_BEFORE_STOP = Pattern.compile(" (?=[.,;:!?](?: |$))");

    private final StringBuilder text = new StringBuilder();
    /** Where it may be cut when it gets too long: behind a comma, and between two words. */
    private int clauseEnd = NOWHERE;

    private int wordEnd = NOWHERE;
    /** An abbreviation that ends the sentence or not, as the next word will tell. */
    private int undecidedEnd = NOWHERE;

    int length() {
        return text.length();
    }

    char charAt(int place) {
        return text.charAt(place);
    }

    void append(char c) {
        text.append(c);
    }

    boolean endsWithSpace() {
        return text.charAt(text.length() - 1) == ' ';
    }

    void clauseEndsAt(int end) {
        clauseEnd = end;
    }

    int clauseEnd() {
        return clauseEnd;
    }

    void wordEndsAt(int end) {
        wordEnd = end;
    }

    int wordEnd() {
        return wordEnd;
    }

    void sentenceMayEndAt(int end) {
        undecidedEnd = end;
    }

    /** Where the sentence may end, which is decided now; nowhere if nothing is open. */
    int takeUndecidedEnd() {
        int end = undecidedEnd;
        undecidedEnd = NOWHERE;
        return end;
    }

    /** Takes what stands before the place off it. */
    String cut(int end) {
        // A space is left where a note stood before the stop.
        String clause =
                SPACE_BEFORE_STOP.matcher(text.substring(0, end).strip()).replaceAll("");
        String rest = text.substring(end).stripLeading();
        int moved = text.length() - rest.length();
        text.setLength(0);
        text.append(rest);
        clauseEnd = moved(clauseEnd, moved);
        wordEnd = moved(wordEnd, moved);
        undecidedEnd = moved(undecidedEnd, moved);
        return clause;
    }

    private static int moved(int place, int by) {
        return place <= by ? NOWHERE : place - by;
    }

    /** The word that ends at the place, with the marks around it. */
    String wordBefore(int end) {
        return text.substring(text.lastIndexOf(" ", end - 1) + 1, end);
    }

    /** The word that begins at the place, without the marks behind it. */
    String wordAfter(int start) {
        return text.substring(start).strip().replaceAll("[^\\p{L}\\p{N}].*$", "");
    }

    /** How many words stand before the place. */
    int wordsBefore(int end) {
        int words = 0;
        boolean inWord = false;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c == ' ') {
                inWord = false;
            } else if (!inWord && Character.isLetterOrDigit(c)) {
                inWord = true;
                words++;
            }
        }
        return words;
    }
}
