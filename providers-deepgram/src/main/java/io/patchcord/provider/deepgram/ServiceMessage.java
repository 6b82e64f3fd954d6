package io.patchcord.provider.deepgram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the service sends as text: what is no JSON, or too long to be read on a call's loop, is passed over. */
public final class ServiceMessage {

    private static final Logger log = LoggerFactory.getLogger(ServiceMessage.class);

    /** Nothing that Deepgram documents is near this. */
    private static final int LONGEST = 1 << 20;

    private ServiceMessage() {}

    /** The message, or a node that has nothing in it. */
    public static JsonNode read(String text) {
        if (text.length() > LONGEST) {
            log.warn("a message of {} characters from Deepgram is passed over", text.length());
            return MissingNode.getInstance();
        }
        try {
            return Json.read(text);
        } catch (JsonProcessingException e) {
            log.debug("a message from Deepgram is not JSON and is passed over");
            return MissingNode.getInstance();
        }
    }

    /** What it is about; empty if it does not say so. */
    public static String type(JsonNode message) {
        return message.path("type").asText("");
    }
}
