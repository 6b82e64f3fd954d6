package io.patchcord.provider.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;

/**
 * Cuts the model's memory of a response to what the caller heard of it, item by item: an item of which a part was heard is
 * truncated there, one of which nothing was heard is deleted (the server refuses to truncate at 0, and beyond the end).
 * Confined to the call loop.
 */
final class Interruption {

    private final CurrentLink link;
    private final Conversation conversation;

    Interruption(CurrentLink link, Conversation conversation) {
        this.link = link;
        this.conversation = conversation;
    }

    /** The caller heard this much of the response's audio. */
    void cut(AgentResponse response, Duration playedOut) {
        long left = playedOut.toMillis();
        for (AgentItem message : response.messages()) {
            long heard = Math.min(left, message.audioMs());
            left -= heard;
            if (heard == 0) {
                forget(message);
            } else if (heard < message.audioMs() || !message.isComplete()) {
                cut(message, heard);
            }
        }
    }

    private void forget(AgentItem message) {
        conversation.forget(message);
        if (message.isKnown()) {
            link.send(ClientEvents.delete(message.id()));
        }
    }

    private void cut(AgentItem message, long heardMs) {
        message.cutAt(heardMs);
        if (!message.isKnown()) {
            return;
        }
        if (message.isSpokenHere()) {
            link.send(ClientEvents.truncate(message.id(), heardMs));
            return;
        }
        // This session knows it as a text only, which cannot be truncated.
        String before = message.id();
        message.movedTo(before + "_cut", !message.heardText().isBlank());
        Optional<ObjectNode> shorter = Conversation.asText(message);
        shorter.ifPresent(text -> link.send(ClientEvents.createAfter(before, text)));
        link.send(ClientEvents.delete(before));
    }
}
