package io.patchcord.provider.local.dialogue;

import java.util.List;
import java.util.Optional;

/**
 * Something that callers ask about.
 *
 * @param name what it is about, as in "I can tell you about our address"
 * @param phrases how callers ask
 * @param answer what they are told
 * @param key the key of the telephone that asks for it
 */
record Topic(String name, List<String> phrases, String answer, Optional<Character> key) {

    Topic {
        phrases = List.copyOf(phrases);
    }
}
