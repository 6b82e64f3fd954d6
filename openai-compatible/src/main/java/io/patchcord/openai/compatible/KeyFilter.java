package io.patchcord.openai.compatible;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes the keys out of what a server says, which may have echoed one: those that it was given, and whatever looks like a
 * key of OpenAI's. Immutable.
 */
public final class KeyFilter {

    /** What OpenAI's keys look like, also in the half-hidden form of its error messages. */
    private static final Pattern ANY_KEY = Pattern.compile("sk-[A-Za-z0-9_*.-]{4,}");

    private static final String STAND_IN = "(key)";

    private final List<String> keys;

    /**
     * @param keys that the server knows; none is blank
     */
    public KeyFilter(List<String> keys) {
        this.keys = List.copyOf(keys);
    }

    /** The text with {@code (key)} in the place of each. */
    public String withoutKeys(String text) {
        String clean = text;
        for (String key : keys) {
            clean = clean.replace(key, STAND_IN);
        }
        return ANY_KEY.matcher(clean).replaceAll(STAND_IN);
    }

    boolean findsKey(String text) {
        return !withoutKeys(text).equals(text);
    }
}
