package io.patchcord.provider.openai;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of a response that broke off through no fault of the caller's: what was not heard is said, and nothing twice.
 * Confined to the call loop.
 */
final class BrokenOff {

    private static final String GO_ON =
            "Your last message broke off for a technical reason. The caller has heard it up to where it ends here. Go on from"
                    + " there as if nothing had happened: repeat nothing, and do not mention it.";

    private final CurrentLink link;
    private final Conversation conversation;
    private final ResponseRequests requests;
    private @Nullable AgentResponse unfinished;

    BrokenOff(CurrentLink link, Conversation conversation, ResponseRequests requests) {
        this.link = link;
        this.conversation = conversation;
        this.requests = requests;
    }

    /** Nothing more comes of the response. */
    void endEarly(AgentResponse response) {
        boolean heard = response.hasAudio();
        for (AgentItem message : response.messages()) {
            if (message.audioMs() == 0) {
                conversation.forget(message);
            } else {
                message.breakOff();
            }
        }
        String sentence = response.request().sentence();
        if (sentence != null) {
            sayRest(sentence, heard ? response.heardText().length() : 0);
        } else {
            unfinished = heard ? response : null;
            requests.owe();
        }
    }

    private void sayRest(String sentence, int heardCharacters) {
        String rest =
                sentence.substring(Math.min(heardCharacters, sentence.length())).strip();
        if (!rest.isEmpty()) {
            requests.sayBeforeAll(rest);
        }
    }

    /** The caller does not want to hear the rest. */
    void interrupted(AgentResponse response) {
        if (response == unfinished) {
            unfinished = null;
            requests.forgive();
        }
    }

    /** Tells the model, before it is asked for an answer, that it has begun one already. */
    void explain() {
        if (unfinished != null) {
            unfinished = null;
            link.send(ClientEvents.create(Items.note(GO_ON)));
        }
    }
}
