package io.patchcord.provider.deepgram.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.spi.ConversationItem.ToolCalled;
import io.patchcord.provider.deepgram.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The functions that the service asked us to run, until their results are known. Those with {@code client_side: false} are
 * not ours. Confined to the call loop.
 */
final class ToolCalls {

    private static final Logger log = LoggerFactory.getLogger(ToolCalls.class);

    private final String callId;
    private final Set<String> known = new HashSet<>();
    private final Map<String, String> running = new HashMap<>();
    private final Map<String, String> ofLostConnection = new HashMap<>();

    ToolCalls(String callId) {
        this.callId = callId;
    }

    /** A FunctionCallRequest: the calls in it that are ours and new. */
    List<ToolCalled> requested(JsonNode message) {
        List<ToolCalled> calls = new ArrayList<>();
        for (JsonNode function : message.path("functions")) {
            String id = function.path("id").asText("");
            String name = function.path("name").asText("");
            if (id.isEmpty() || name.isEmpty()) {
                log.warn("[{}] Deepgram asked for a function without an id or a name: ignored", callId);
            } else if (function.path("client_side").asBoolean(true) && known.add(id)) {
                running.put(id, name);
                calls.add(new ToolCalled(id, name, arguments(name, function.path("arguments"))));
            }
        }
        return calls;
    }

    /** A FunctionCallCancelled: the caller went on, and nobody waits for the results. */
    void cancelled(JsonNode message) {
        message.path("functions")
                .forEach(function -> running.remove(function.path("id").asText("")));
    }

    /** A result: the name of the function if the service that asked still waits for it. */
    Optional<String> returned(String id) {
        ofLostConnection.remove(id);
        return Optional.ofNullable(running.remove(id));
    }

    boolean isKnown(String id) {
        return known.contains(id);
    }

    /** The connection is lost: nobody takes the results of what runs as an answer any more. */
    void connectionLost() {
        ofLostConnection.putAll(running);
        running.clear();
    }

    /** Whether the service waits for a result. */
    boolean isRunning() {
        return !running.isEmpty();
    }

    /** Whether results are still to come that a new connection should be told. */
    boolean hasUntold() {
        return !ofLostConnection.isEmpty();
    }

    /** A text with JSON by the specification; an object is understood as well. */
    private Map<String, Object> arguments(String name, JsonNode arguments) {
        try {
            JsonNode parsed =
                    arguments.isTextual() && !arguments.asText().isBlank() ? Json.read(arguments.asText()) : arguments;
            if (parsed.isObject()) {
                return Json.map(parsed);
            }
        } catch (JsonProcessingException e) {
            log.warn("[{}] the arguments of {} are no JSON: {}", callId, name, e.getOriginalMessage());
        }
        return Map.of();
    }
}
