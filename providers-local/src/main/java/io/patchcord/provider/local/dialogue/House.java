package io.patchcord.provider.local.dialogue;

import java.util.List;
import java.util.Optional;

/**
 * All that the receptionist knows, as it stands in the file.
 *
 * @param name of the house
 * @param greeting what is said first
 * @param hours when it is open, if callers are to be told
 * @param topics what callers may ask about, perhaps none
 * @param people whom they may be put through to; the first one is who answers to "a person"
 * @param notUnderstood what is said, in turn, to what was not understood; at least one sentence
 * @param giveUp what is done when nothing is understood
 */
record House(
        String name,
        String greeting,
        Optional<OpeningHours> hours,
        List<Topic> topics,
        List<Person> people,
        List<String> notUnderstood,
        GiveUp giveUp) {

    House {
        topics = List.copyOf(topics);
        people = List.copyOf(people);
        notUnderstood = List.copyOf(notUnderstood);
    }

    /**
     * What is done when nothing is understood.
     *
     * @param after how many times in a row
     * @param say what is said first
     * @param extension where the caller is put through to
     */
    record GiveUp(int after, String say, String extension) {}
}
