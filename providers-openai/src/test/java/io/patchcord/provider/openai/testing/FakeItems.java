package io.patchcord.provider.openai.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The conversation of one session: items in their order, and what a client may do to them. Confined to the session's loop. */
final class FakeItems {

    private final FakeOutbox out;
    private final List<FakeItem> items = new ArrayList<>();

    /** One item; of an assistant's message how much audio was made so far. */
    static final class FakeItem {

        final String id;
        final ObjectNode json;
        long audioMs;

        FakeItem(String id, ObjectNode json) {
            this.id = id;
            this.json = json;
        }

        String role() {
            return json.path("role").asText(json.path("type").asText());
        }

        String text() {
            JsonNode content = json.path("content").path(0);
            String text = content.path("text").asText(content.path("transcript").asText(""));
            return text.isEmpty() ? json.path("output").asText(json.path("name").asText("")) : text;
        }
    }

    FakeItems(FakeOutbox out) {
        this.out = out;
    }

    /** What the conversation consists of, such as {@code "user: Hello."}. */
    List<String> inWords() {
        return items.stream().map(item -> item.role() + ": " + item.text()).toList();
    }

    List<FakeItem> all() {
        return List.copyOf(items);
    }

    /** Adds an item at the end; it is told of as added. */
    FakeItem add(String id, ObjectNode json) {
        return insert(items.size(), id, json);
    }

    private FakeItem insert(int index, String id, ObjectNode json) {
        FakeItem item = new FakeItem(id, json.put("id", id).put("object", "realtime.item"));
        items.add(index, item);
        tell("conversation.item.added", item);
        return item;
    }

    void tell(String type, FakeItem item) {
        ObjectNode event = out.event(type);
        int index = items.indexOf(item);
        FakeOutbox.put(event, "previous_item_id", index > 0 ? items.get(index - 1).id : "");
        event.set("item", item.json.deepCopy());
        out.send(event);
    }

    void create(JsonNode event) {
        JsonNode given = event.path("item");
        String id = given.path("id").asText(out.newId("item"));
        if (find(id).isPresent()) {
            error(event, "item_create_id_already_exists", "Item '" + id + "' exists already.", "item.id");
            return;
        }
        int index = items.size();
        String previous = event.path("previous_item_id").asText("");
        if (!previous.isEmpty()) {
            Optional<FakeItem> before = find(previous);
            if (before.isEmpty()) {
                error(event, "item_not_found", "There is no item '" + previous + "'.", "previous_item_id");
                return;
            }
            index = items.indexOf(before.get()) + 1;
        }
        FakeItem item = insert(index, id, ((ObjectNode) given.deepCopy()).put("status", "completed"));
        tell("conversation.item.done", item);
    }

    void truncate(JsonNode event) {
        Optional<FakeItem> found = existing(event);
        if (found.isEmpty()) {
            return;
        }
        FakeItem item = found.get();
        long end = event.path("audio_end_ms").asLong();
        if (item.audioMs == 0 || end == 0) {
            error(event, "unsupported_content_type", "Only model output audio messages can be truncated.", "item_id");
        } else if (end > item.audioMs) {
            error(
                    event,
                    "invalid_value",
                    "Audio content of " + item.audioMs + "ms is already shorter than " + end + "ms.",
                    "audio_end_ms");
        } else {
            item.audioMs = end;
            ((ObjectNode) item.json.path("content").path(0)).putNull("transcript");
            ObjectNode truncated = out.event("conversation.item.truncated").put("item_id", item.id);
            out.send(truncated.put("content_index", 0).put("audio_end_ms", end));
        }
    }

    void delete(JsonNode event) {
        existing(event).ifPresent(item -> {
            items.remove(item);
            out.send(out.event("conversation.item.deleted").put("item_id", item.id));
        });
    }

    void retrieve(JsonNode event) {
        existing(event)
                .ifPresent(item -> out.send(
                        (ObjectNode) out.event("conversation.item.retrieved").set("item", item.json.deepCopy())));
    }

    private Optional<FakeItem> existing(JsonNode event) {
        String id = event.path("item_id").asText();
        Optional<FakeItem> item = find(id);
        if (item.isEmpty()) {
            error(event, "item_not_found", "There is no item '" + id + "'.", "item_id");
        }
        return item;
    }

    private Optional<FakeItem> find(String id) {
        return items.stream().filter(item -> item.id.equals(id)).findFirst();
    }

    private void error(JsonNode event, String code, String message, String parameter) {
        out.error(code, message, parameter, event.path("event_id").asText(""));
    }
}
