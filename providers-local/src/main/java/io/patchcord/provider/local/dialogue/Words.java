package io.patchcord.provider.local.dialogue;

import java.util.Locale;

/** A caller's words in one spelling. Stateless. */
final class Words {

    private Words() {}

    /** In lower case, without punctuation, with one space between. */
    static String of(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replace('’', '\'')
                .replaceAll("[^\\p{L}\\p{N}'+ ]", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }

    /** Whether the phrase stands among the words, not as a part of longer ones. */
    static boolean contain(String words, String phrase) {
        return !phrase.isEmpty() && (" " + words + " ").contains(" " + phrase + " ");
    }
}
