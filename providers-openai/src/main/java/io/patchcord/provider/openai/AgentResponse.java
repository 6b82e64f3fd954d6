package io.patchcord.provider.openai;

import io.patchcord.provider.openai.ServerEvent.OutputItem;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A response of the model's, from its beginning until it is forgotten. Confined to the call loop. */
final class AgentResponse {

    private final String id;
    private final ResponseRequests.Request request;
    private final Map<String, AgentItem> messages = new LinkedHashMap<>();
    private final Map<String, OutputItem> calls = new LinkedHashMap<>();
    private boolean over;
    private boolean cut;

    AgentResponse(String id, ResponseRequests.Request request) {
        this.id = id;
        this.request = request;
    }

    String id() {
        return id;
    }

    ResponseRequests.Request request() {
        return request;
    }

    /** Its messages, in the order in which they are spoken. */
    Collection<AgentItem> messages() {
        return messages.values();
    }

    /** The message that the server calls so; null if there is none. */
    @Nullable
    AgentItem message(String itemId) {
        return messages.get(itemId);
    }

    void add(AgentItem message) {
        messages.put(message.id(), message);
    }

    /** What is known of a function call: events tell its parts, some tell all. */
    void addCall(OutputItem call) {
        calls.merge(
                call.id(),
                call,
                (before, now) -> new OutputItem(
                        now.id(),
                        now.type(),
                        now.status().isEmpty() ? before.status() : now.status(),
                        now.callId().isEmpty() ? before.callId() : now.callId(),
                        now.name().isEmpty() ? before.name() : now.name(),
                        now.arguments().isEmpty() ? before.arguments() : now.arguments()));
    }

    /** The function calls that are complete, in their order. */
    List<OutputItem> completeCalls() {
        return calls.values().stream()
                .filter(call ->
                        call.status().equals("completed") || call.status().isEmpty())
                .filter(call -> !call.callId().isEmpty() && !call.name().isEmpty())
                .toList();
    }

    /** Whether any of it can be heard. */
    boolean hasAudio() {
        return messages.values().stream().anyMatch(message -> message.audioMs() > 0);
    }

    /** Its words, as far as they were heard. */
    String heardText() {
        StringBuilder text = new StringBuilder();
        messages.values().forEach(message -> text.append(message.heardText()));
        return text.toString();
    }

    /** Items of it that the caller did not hear of: all but the messages. */
    Set<String> unheardItems(List<OutputItem> output) {
        Set<String> ids = new LinkedHashSet<>(calls.keySet());
        output.stream().map(OutputItem::id).forEach(ids::add);
        ids.removeIf(item -> item.isEmpty() || messages.containsKey(item));
        return ids;
    }

    /** Nothing more comes of it. */
    boolean isOver() {
        return over;
    }

    void end() {
        over = true;
    }

    /** The caller does not hear the rest of it. */
    boolean isCut() {
        return cut;
    }

    void cut() {
        cut = true;
    }
}
