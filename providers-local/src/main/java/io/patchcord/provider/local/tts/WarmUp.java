package io.patchcord.provider.local.tts;

import java.util.List;

/** Sentences of many kinds, spoken to nobody at the start. */
final class WarmUp {

    private static final List<String> SENTENCES = List.of(
            "Our office is open from nine until five.",
            "The total comes to $42.50, or 10% less.",
            "Please hold while I connect you to Dr. Jones.",
            "Your appointment is on Thursday, the 3rd of May, at 4:30 p.m.",
            "Call us at 555-0199, extension 22.",
            "I did not understand that; could you say it again?",
            "We're at 12 Station Road, next to the IBM building.",
            "Thank you, goodbye!",
            "There are 1,250 parcels in 16 trucks, and one's missing.",
            "Which department would you like to speak to?");

    private WarmUp() {}

    static String sentence(int number) {
        return SENTENCES.get(Math.floorMod(number, SENTENCES.size()));
    }
}
