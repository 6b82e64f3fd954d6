package io.patchcord.provider.local.dialogue;

import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** A name in what somebody says who was asked for it. Stateless. */
final class SpokenName {

    private static final int MOST_WORDS = 4;

    private static final Pattern BEFORE =
            Pattern.compile("^(?:(?:um|uh|er|well|oh|yes|yeah|sure|okay|ok|hi|hello|of course"
                    + "|my name is|my name's|the name is|the name's|name is|name|it is|it's|its|this is|i am|i'm|im|i'm called"
                    + "|i am called|you can call me|call me|tell them it's|from)\\b\\s*)+");

    private static final Pattern AFTER =
            Pattern.compile("(?:\\s*\\b(?:speaking|here|please|thanks|thank you|is my name|is the name))+$");

    private SpokenName() {}

    /** The name; nothing if there is none in it, or far more than a name. */
    static Optional<String> in(String text) {
        String words = text.replace('’', '\'')
                .replaceAll("[^\\p{L}' -]", " ")
                .replaceAll("\\s+", " ")
                .strip();
        words = BEFORE.matcher(words.toLowerCase(Locale.ROOT)).replaceFirst("");
        String name = AFTER.matcher(words).replaceFirst("").strip();
        if (name.isEmpty()
                || name.split(" ", -1).length > MOST_WORDS
                || PlainWords.intent(name).isPresent()) {
            return Optional.empty();
        }
        StringJoiner spelled = new StringJoiner(" ");
        for (String word : name.split(" ", -1)) {
            spelled.add(word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return Optional.of(spelled.toString());
    }
}
