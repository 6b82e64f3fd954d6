package io.patchcord.provider.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The session that the conversation is held in at the moment, if there is one. Confined to the call loop. */
final class CurrentLink {

    private @Nullable RealtimeLink link;

    void use(RealtimeLink newLink) {
        link = newLink;
    }

    void lose() {
        link = null;
    }

    boolean isThere() {
        return link != null && link.isReady();
    }

    /** Sends the message and gives the id under which it went; nothing is sent without a session. */
    String send(ObjectNode event) {
        return link == null ? "" : link.send(event);
    }

    /** Sends audio that is not a part of the stream. */
    void sendAudio(byte[] audio) {
        if (link != null && audio.length > 0) {
            link.sendAudio(audio);
        }
    }
}
