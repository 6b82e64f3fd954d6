package io.patchcord.provider.deepgram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What Deepgram may add some day: its specification leaves its messages open. */
final class NextYear {

    private NextYear() {}

    /** The message with fields in each of its objects that nobody knows yet. */
    static String fieldsIn(String message) {
        JsonNode node = Published.json(message);
        add(node);
        return node.toString();
    }

    private static void add(JsonNode node) {
        node.forEach(NextYear::add);
        if (node instanceof ObjectNode object) {
            object.put("next_year", true)
                    .putObject("next_years")
                    .putArray("of")
                    .add("a kind")
                    .addNull();
        }
    }
}
