package io.patchcord.openai.compatible;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts a text that is too long for one request: between two sentences, else between two words, else where it must be. */
final class SpeechParts {

    /** What OpenAI takes ({@code CreateSpeechRequest} of its specification). */
    static final int LONGEST = 4_096;

    private SpeechParts() {}

    /** At least one. A text that is short enough is left as it is. */
    static List<String> of(String text) {
        List<String> parts = new ArrayList<>();
        String rest = text;
        while (rest.length() > LONGEST) {
            int end = endOfPart(rest.substring(0, LONGEST));
            parts.add(rest.substring(0, end).strip());
            rest = rest.substring(end).strip();
        }
        parts.add(rest);
        return parts;
    }

    private static int endOfPart(String window) {
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        sentences.setText(window);
        int sentence = sentences.preceding(window.length());
        if (sentence > 0) {
            return sentence;
        }
        for (int i = window.length() - 1; i > 0; i--) {
            if (Character.isWhitespace(window.charAt(i))) {
                return i;
            }
        }
        // Not between the two halves of a letter.
        int last = window.length() - 1;
        return Character.isHighSurrogate(window.charAt(last)) ? last : window.length();
    }
}
