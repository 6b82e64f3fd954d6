package io.patchcord.provider.deepgram.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFormat.Encoding;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.provider.deepgram.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What we send, after Deepgram's {@code asyncapi.yml}. Knows the call's instructions and voice as they stand now. Confined to
 * the call loop.
 */
final class AgentMessages {

    private static final String NO_RESULT = "No result: the connection was lost before the tool was done.";
    private static final String BARE_SAMPLES = "none";

    private final AgentConfig config;
    private final String language;
    private final ArrayNode functions;
    private final String encoding;
    private final int sampleRateHz;
    private String instructions;
    private Optional<String> voice;

    /** How an injected sentence gets along with what is being said. */
    enum Behavior {
        /** After it. */
        QUEUE,
        /** Instead of it. */
        INTERRUPT
    }

    AgentMessages(AgentConfig config, S2sRequest request) {
        this.config = config;
        this.language = request.language();
        this.functions = Functions.of(request.tools(), config.listen().isEager());
        AudioFormat law = config.lawFor(request.inputFormat());
        this.encoding = law.encoding() == Encoding.ALAW ? "alaw" : "mulaw";
        this.sampleRateHz = law.sampleRateHz();
        this.instructions = request.instructions();
        this.voice = request.voice();
    }

    /** The first message of a connection. */
    String settings(Optional<String> greeting, List<ConversationItem> history) {
        ObjectNode message = typed("Settings");
        if (!config.tags().isEmpty()) {
            ArrayNode tags = message.putArray("tags");
            config.tags().forEach(tags::add);
        }
        if (config.optOut()) {
            message.put("mip_opt_out", true);
        }
        // Every text would come twice: as ConversationText, which we read, and as History.
        message.putObject("flags").put("history", false);
        ObjectNode audio = message.putObject("audio");
        format(audio.putObject("input"));
        format(audio.putObject("output")).put("container", BARE_SAMPLES);
        ObjectNode agent = message.putObject("agent");
        agent.set("listen", config.listen().json(language));
        agent.set("think", config.think().json(instructions, functions));
        agent.set("speak", config.speak().json(voice));
        greeting.filter(text -> !text.isBlank()).ifPresent(text -> agent.put("greeting", text));
        ArrayNode messages = context(history);
        if (!messages.isEmpty()) {
            agent.putObject("context").set("messages", messages);
        }
        return Json.write(message);
    }

    String updatePrompt(String newInstructions) {
        instructions = newInstructions;
        return Json.write(typed("UpdatePrompt").put("prompt", newInstructions));
    }

    String updateSpeak(String newVoice) {
        voice = Optional.of(newVoice);
        ObjectNode message = typed("UpdateSpeak");
        message.set("speak", config.speak().json(voice));
        return Json.write(message);
    }

    static String injectAgentMessage(String text, Behavior behavior) {
        return Json.write(typed("InjectAgentMessage")
                .put("message", text)
                .put("behavior", behavior == Behavior.QUEUE ? "queue" : "interrupt"));
    }

    static String injectUserMessage(String text) {
        return Json.write(typed("InjectUserMessage").put("content", text));
    }

    static String functionCallResponse(String id, String name, String result) {
        return Json.write(
                typed("FunctionCallResponse").put("id", id).put("name", name).put("content", result));
    }

    static String keepAlive() {
        return Json.write(typed("KeepAlive"));
    }

    private ObjectNode format(ObjectNode node) {
        return node.put("encoding", encoding).put("sample_rate", sampleRateHz);
    }

    private static ObjectNode typed(String type) {
        return Json.object().put("type", type);
    }

    /** A tool's call and its result are one entry; a result without its call has none. */
    private static ArrayNode context(List<ConversationItem> history) {
        Map<String, String> results = new HashMap<>();
        for (ConversationItem item : history) {
            if (item instanceof ConversationItem.ToolReturned returned) {
                results.put(returned.callId(), returned.result());
            }
        }
        ArrayNode messages = Json.object().arrayNode();
        for (ConversationItem item : history) {
            if (item instanceof ConversationItem.CallerSaid said) {
                said(messages, "user", said.text());
            } else if (item instanceof ConversationItem.AgentSaid said) {
                said(messages, "assistant", said.text());
            } else if (item instanceof ConversationItem.ToolCalled called) {
                called(messages, called, results.getOrDefault(called.callId(), NO_RESULT));
            } else if (!(item instanceof ConversationItem.ToolReturned)) {
                throw new AssertionError(item);
            }
        }
        return messages;
    }

    private static void said(ArrayNode messages, String role, String text) {
        if (!text.isBlank()) {
            messages.add(typed("History").put("role", role).put("content", text));
        }
    }

    private static void called(ArrayNode messages, ConversationItem.ToolCalled called, String result) {
        JsonNode call = Json.object()
                .put("id", called.callId())
                .put("name", called.name())
                .put("client_side", true)
                .put("arguments", Json.write(called.arguments()))
                .put("response", result);
        ObjectNode message = messages.addObject().put("type", "History");
        message.putArray("function_calls").add(call);
    }
}
