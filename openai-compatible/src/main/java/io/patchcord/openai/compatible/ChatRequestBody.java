package io.patchcord.openai.compatible;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.ToolSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of a chat completion request: nothing but what every compatible server knows, and what the user set. Messages of
 * one role that follow each other become one and a user speaks first, since some models' templates (Mistral's, Gemma's) raise
 * an error where roles do not alternate; every tool call is followed by its result, or servers answer 400.
 */
final class ChatRequestBody {

    /** What the user says before an agent that greets. */
    private static final String CALL_BEGINS = "(The call is connected.)";

    private static final String NO_RESULT = "No result: the call went on before the tool was done.";

    private final ArrayNode messages = Json.MAPPER.createArrayNode();
    private final Set<String> answered = new HashSet<>();

    private ChatRequestBody() {}

    static String of(ChatModel model, String instructions, ArrayNode tools, List<ConversationItem> history) {
        ObjectNode body = model.moreFields().deepCopy();
        body.put("model", model.name());
        body.set("messages", messages(instructions, history));
        body.put("stream", true);
        if (!tools.isEmpty()) {
            body.set("tools", tools);
        }
        model.temperature().ifPresent(value -> body.put("temperature", value));
        model.reasoningEffort().ifPresent(value -> body.put("reasoning_effort", value));
        if (model.maxTokens() > 0) {
            body.put(model.maxTokensField(), model.maxTokens());
        }
        return Json.write(body);
    }

    private static ArrayNode messages(String instructions, List<ConversationItem> history) {
        ChatRequestBody body = new ChatRequestBody();
        if (!instructions.isBlank()) {
            body.say("system", instructions);
        }
        if (!history.isEmpty() && !(history.get(0) instanceof ConversationItem.CallerSaid)) {
            body.say("user", CALL_BEGINS);
        }
        for (ConversationItem item : history) {
            if (item instanceof ConversationItem.ToolReturned returned) {
                body.answered.add(returned.callId());
            }
        }
        history.forEach(body::add);
        return body.messages;
    }

    private void add(ConversationItem item) {
        if (item instanceof ConversationItem.CallerSaid said) {
            say("user", said.text());
        } else if (item instanceof ConversationItem.AgentSaid said) {
            if (!said.text().isBlank()) {
                say("assistant", said.text());
            }
        } else if (item instanceof ConversationItem.ToolCalled called) {
            call(called);
        } else if (item instanceof ConversationItem.ToolReturned returned) {
            result(returned.callId(), returned.result());
        } else {
            throw new AssertionError(item);
        }
    }

    private void say(String role, String text) {
        ObjectNode last = last();
        if (last != null && last.path("role").asText().equals(role) && !last.has("tool_calls")) {
            last.put("content", last.path("content").asText() + "\n" + text);
        } else {
            messages.addObject().put("role", role).put("content", text);
        }
    }

    /** Calls that follow each other, or the words that announced them, are one message. */
    private void call(ConversationItem.ToolCalled called) {
        ObjectNode last = last();
        ObjectNode message = last != null && last.path("role").asText().equals("assistant")
                ? last
                : messages.addObject().put("role", "assistant").putNull("content");
        ArrayNode calls =
                message.has("tool_calls") ? (ArrayNode) message.get("tool_calls") : message.putArray("tool_calls");
        calls.addObject()
                .put("id", called.callId())
                .put("type", "function")
                .putObject("function")
                .put("name", called.name())
                .put("arguments", Json.write(called.arguments()));
        if (!answered.contains(called.callId())) {
            result(called.callId(), NO_RESULT);
        }
    }

    private void result(String callId, String text) {
        messages.addObject().put("role", "tool").put("tool_call_id", callId).put("content", text);
    }

    private @Nullable ObjectNode last() {
        return messages.isEmpty() ? null : (ObjectNode) messages.get(messages.size() - 1);
    }

    /**
     * The tools as the body has them.
     *
     * @throws ProviderException of kind CONFIGURATION if a tool's schema is no JSON object
     */
    static ArrayNode tools(List<ToolSpec> tools) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        for (ToolSpec tool : tools) {
            ObjectNode function = array.addObject()
                    .put("type", "function")
                    .putObject("function")
                    .put("name", tool.name())
                    .put("description", tool.description());
            function.set("parameters", schema(tool));
        }
        return array;
    }

    private static JsonNode schema(ToolSpec tool) {
        try {
            JsonNode schema = Json.MAPPER.readTree(tool.parametersSchema());
            if (schema.isObject()) {
                return schema;
            }
        } catch (JsonProcessingException e) {
            // Told below, as for JSON that is something else.
        }
        throw new ProviderException(Kind.CONFIGURATION, "the schema of the tool " + tool.name() + " is no JSON object");
    }
}
