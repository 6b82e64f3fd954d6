package io.patchcord.provider.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;

/** Items of a conversation as a client may create them ({@code RealtimeConversationItem} of the specification). */
final class Items {

    /** What the ids of our own items begin with. */
    static final String OURS = "pc_";

    private Items() {}

    static ObjectNode caller(String text) {
        return message("user", "input_text", text);
    }

    /** What the caller said, where its words are not known. */
    static ObjectNode callerAudio(byte[] audio) {
        ObjectNode item = message("user");
        item.withArray("content")
                .addObject()
                .put("type", "input_audio")
                .put("audio", Base64.getEncoder().encodeToString(audio));
        return item;
    }

    static ObjectNode agent(String itemId, String text) {
        return message("assistant", "output_text", text).put("id", itemId);
    }

    static ObjectNode note(String text) {
        return message("system", "input_text", text);
    }

    static ObjectNode call(String callId, String name, String arguments) {
        return Json.object()
                .put("type", "function_call")
                .put("call_id", callId)
                .put("name", name)
                .put("arguments", arguments);
    }

    static ObjectNode result(String callId, String output) {
        return Json.object()
                .put("type", "function_call_output")
                .put("call_id", callId)
                .put("output", output);
    }

    private static ObjectNode message(String role, String contentType, String text) {
        ObjectNode item = message(role);
        item.withArray("content").addObject().put("type", contentType).put("text", text);
        return item;
    }

    private static ObjectNode message(String role) {
        ObjectNode item = Json.object().put("type", "message").put("role", role);
        item.putArray("content");
        return item;
    }
}
