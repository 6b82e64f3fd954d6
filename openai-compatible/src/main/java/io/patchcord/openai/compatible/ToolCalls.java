package io.patchcord.openai.compatible;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins the pieces of tool calls by their index. Servers differ: some send a call whole, without index or id, or its
 * arguments as an object instead of a text.
 */
final class ToolCalls {

    private static final Logger log = LoggerFactory.getLogger(ToolCalls.class);

    private final Map<Integer, Parts> byIndex = new HashMap<>();
    private final List<Parts> inOrder = new ArrayList<>();

    /** A call that is complete. */
    record Call(String id, String name, Map<String, Object> arguments) {}

    private static final class Parts {
        private String id = "";
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();
    }

    void add(JsonNode piece) {
        String id = piece.path("id").asText("");
        JsonNode function = piece.path("function");
        String name = function.path("name").asText("");
        Parts parts = partsFor(piece.path("index").asInt(0), id, name);
        parts.id = id.isEmpty() ? parts.id : id;
        // Repeated whole by some, in pieces by none.
        parts.name = name.isEmpty() ? parts.name : name;
        JsonNode arguments = function.path("arguments");
        if (arguments.isTextual()) {
            parts.arguments.append(arguments.asText());
        } else if (arguments.isObject()) {
            parts.arguments.append(arguments);
        }
    }

    /** Servers that leave the index out, or call every one 0, still give each call its own id, or at least its name. */
    private Parts partsFor(int index, String id, String name) {
        Parts parts = byIndex.get(index);
        if (parts == null || isOther(parts.id, id) || isOther(parts.name, name)) {
            parts = new Parts();
            byIndex.put(index, parts);
            inOrder.add(parts);
        }
        return parts;
    }

    private static boolean isOther(String before, String now) {
        return !before.isEmpty() && !now.isEmpty() && !before.equals(now);
    }

    List<Call> complete() {
        List<Call> calls = new ArrayList<>();
        for (Parts parts : inOrder) {
            if (!parts.name.isEmpty()) {
                String id = parts.id.isEmpty() ? "call_" + UUID.randomUUID() : parts.id;
                calls.add(new Call(id, parts.name, arguments(parts)));
            }
        }
        byIndex.clear();
        inOrder.clear();
        return calls;
    }

    private static Map<String, Object> arguments(Parts parts) {
        String text = parts.arguments.toString().strip();
        if (text.isEmpty()) {
            return Map.of();
        }
        try {
            JsonNode node = Json.MAPPER.readTree(text);
            if (node.isObject()) {
                // A null says as much as a field that is left out, and cannot be in the map.
                Map<String, Object> values = Json.object(node);
                values.values().removeIf(Objects::isNull);
                return values;
            }
        } catch (JsonProcessingException e) {
            log.warn("the model called {} with {} characters of arguments that are no JSON", parts.name, text.length());
        }
        return Map.of();
    }
}
