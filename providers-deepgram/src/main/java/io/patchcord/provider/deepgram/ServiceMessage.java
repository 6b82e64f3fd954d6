package io.patchcord.provider.deepgram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the service sends as text: what is no JSON, or too long to be read on a call's loop, is passed over. */
final class ServiceMessage {

    private static final Logger log = LoggerFactory.getLogger(ServiceMessage.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Nothing that Deepgram documents is near this. */
    private static final int LONGEST = 1 << 20;

    private ServiceMessage() {}

    /** The message, or a node that has nothing in it. */
    static JsonNode read(String text) {
        if (text.length() > LONGEST) {
            log.warn("a message of {} characters from Deepgram is passed over", text.length());
            return MAPPER.missingNode();
        }
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            log.debug("a message from Deepgram is not JSON and is passed over");
            return MAPPER.missingNode();
        }
    }

    static String type(JsonNode message) {
        return message.path("type").asText("");
    }
}
