package io.patchcord.agent.pipeline;

import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.S2sCapabilities;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one session leaves to the next.
 *
 * @param items the conversation as it was heard
 * @param sentences that are to be said word for word yet
 * @param questionIsLost whether an answer is due to words that nobody knows
 * @param cut the response that broke off, if one did
 */
record Handover(List<ConversationItem> items, List<String> sentences, boolean questionIsLost, Optional<Cut> cut) {

    /**
     * A response that broke off.
     *
     * @param heard what the caller heard of it
     * @param rest what was to be heard of a sentence that was given word for word; empty if the response was none
     * @param told the words that were told already and not heard
     */
    record Cut(String heard, Optional<String> rest, String told) {

        boolean endsASentence() {
            return heard.matches("(?s).*[.!?]");
        }
    }

    /**
     * What the next session does with it.
     *
     * @param items to open it with
     * @param toSay what it then says, or somebody for it
     * @param asksToGoOn whether the items end with the wish that it goes on with what broke off
     */
    record Plan(List<ConversationItem> items, List<String> toSay, boolean asksToGoOn) {

        /** Whether the session answers the items without a new word of the caller's. */
        boolean awaitsAnswer() {
            return History.awaitsAnswer(items);
        }
    }

    Handover {
        items = List.copyOf(items);
        sentences = List.copyOf(sentences);
    }

    /**
     * Goes on where it stopped, as well as that can be done: what was given is said to its end, a model is asked to go on,
     * and from a script the caller hears the words that are known, or that something was cut off. Nothing is said twice.
     */
    Plan plan(S2sCapabilities next, FailoverSettings.Phrases phrases) {
        List<String> toSay = new ArrayList<>();
        List<ConversationItem> history = new ArrayList<>(items);
        boolean asksToGoOn = false;
        if (cut.isPresent()) {
            Cut broken = cut.get();
            if (broken.rest().isPresent()) {
                toSay.add(broken.rest().get());
            } else if (next.goesOn()) {
                asksToGoOn = true;
                history.add(new ConversationItem.CallerSaid(phrases.goOn()));
            } else if (!broken.told().isBlank()) {
                toSay.add(broken.told());
            } else if (!broken.endsASentence()) {
                toSay.add(phrases.cutOff());
            }
        } else if (questionIsLost) {
            toSay.add(phrases.cutOff());
        }
        toSay.addAll(sentences);
        toSay.removeIf(String::isBlank);
        return new Plan(history, toSay, asksToGoOn);
    }
}
