package io.patchcord.provider.local.dialogue;

import java.util.List;
import java.util.Optional;

/**
 * Somebody, or a department, to be put through to.
 *
 * @param name as in "I am putting you through to the workshop"
 * @param synonyms what callers may say instead
 * @param extension what the transfer tool takes: an extension, or context,extension,priority
 * @param key the key of the telephone that asks for them
 */
record Person(String name, List<String> synonyms, String extension, Optional<Character> key) {

    Person {
        synonyms = List.copyOf(synonyms);
    }
}
