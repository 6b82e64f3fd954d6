package io.patchcord.agent;

import java.util.List;

/**
 * The sentences that Patchcord itself may have to say. They are rendered before the first call, so that they can be said
 * when everything else fails.
 *
 * @param busy the pools are full: the caller is asked to wait or to repeat
 * @param trouble something broke, and the conversation goes on
 * @param goodbyeTrouble something broke for good, said before the call is handed on or ended
 * @param notConfigured the dialplan named a provider or profile that this agent does not have
 */
public record Phrases(String busy, String trouble, String goodbyeTrouble, String notConfigured) {

    public static final Phrases ENGLISH = new Phrases(
            "I'm sorry, I am very busy right now. Please say that again in a moment.",
            "I'm sorry, something went wrong. Could you say that again?",
            "I'm sorry, I cannot go on with this call. Please try again later.",
            "I'm sorry, this service is not set up yet.");

    /** All of them, to be rendered at start. */
    public List<String> all() {
        return List.of(busy, trouble, goodbyeTrouble, notConfigured);
    }
}
