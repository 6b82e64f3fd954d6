package io.patchcord.provider.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;

/** The messages that a client sends, as the specification has them. Each is new, and whoever sends it may add an id to it. */
final class ClientEvents {

    /** The key in a response's metadata under which the server gives back which request it answers. */
    static final String REQUEST = "patchcord_request";

    private static final String AUDIO_BEGIN = "{\"type\":\"input_audio_buffer.append\",\"audio\":\"";
    private static final String AUDIO_END = "\"}";

    private ClientEvents() {}

    /** The one that is sent fifty times a second; the others are objects. */
    static String append(byte[] audio) {
        return AUDIO_BEGIN + Base64.getEncoder().encodeToString(audio) + AUDIO_END;
    }

    static ObjectNode commit() {
        return event("input_audio_buffer.commit");
    }

    /** Forgets the audio that was not committed. */
    static ObjectNode clear() {
        return event("input_audio_buffer.clear");
    }

    static ObjectNode sessionUpdate(ObjectNode session) {
        return (ObjectNode) event("session.update").set("session", session);
    }

    static ObjectNode create(ObjectNode item) {
        return (ObjectNode) event("conversation.item.create").set("item", item);
    }

    /** The item goes behind the one that is named. */
    static ObjectNode createAfter(String previousItemId, ObjectNode item) {
        return create(item).put("previous_item_id", previousItemId);
    }

    /** The server forgets what was not heard of the item, audio and words. */
    static ObjectNode truncate(String itemId, long audioEndMs) {
        return event("conversation.item.truncate")
                .put("item_id", itemId)
                .put("content_index", 0)
                .put("audio_end_ms", audioEndMs);
    }

    static ObjectNode delete(String itemId) {
        return event("conversation.item.delete").put("item_id", itemId);
    }

    static ObjectNode cancel(String responseId) {
        return event("response.cancel").put("response_id", responseId);
    }

    /** An answer to the conversation as it stands. */
    static ObjectNode answer(String requestId) {
        return request(requestId);
    }

    /** A sentence word for word, and nothing else; no tool may be called in its place. */
    static ObjectNode say(String requestId, String sentence) {
        ObjectNode event = request(requestId);
        ((ObjectNode) event.get("response"))
                .put(
                        "instructions",
                        "Say the following to the caller now, word for word, in its own language and in a natural voice."
                                + " Leave out nothing, add nothing before or after it, and do not comment on it:\n\n"
                                + sentence)
                .put("tool_choice", "none");
        return event;
    }

    private static ObjectNode request(String requestId) {
        ObjectNode event = event("response.create");
        event.putObject("response").putObject("metadata").put(REQUEST, requestId);
        return event;
    }

    private static ObjectNode event(String type) {
        return Json.object().put("type", type);
    }
}
