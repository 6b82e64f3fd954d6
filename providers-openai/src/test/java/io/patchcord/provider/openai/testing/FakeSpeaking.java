package io.patchcord.provider.openai.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.List;

/** The responses of one session: one at a time, as a sequence of steps that a cancel breaks off. Confined to its loop. */
final class FakeSpeaking {

    private final FakeOutbox out;
    private final FakeItems items;
    private final FakeScript script;
    private final CallLoop loop;
    private AudioFormat format = AudioFormat.SLIN_24K;
    private Response active;
    private int made;

    /** A response on its way. */
    private final class Response {

        private final String id = out.newId("resp");
        private final JsonNode metadata;
        private final Deque<Runnable> steps = new ArrayDeque<>();
        private final ArrayNode output = FakeOutbox.MAPPER.createArrayNode();
        private FakeItems.FakeItem open;

        Response(JsonNode metadata) {
            this.metadata = metadata;
        }

        ObjectNode event(String type) {
            return out.event(type).put("response_id", id);
        }

        ObjectNode eventOf(FakeItems.FakeItem item, String type) {
            return event(type).put("item_id", item.id).put("output_index", output.size());
        }

        ObjectNode describe(String status) {
            ObjectNode json = FakeOutbox.MAPPER.createObjectNode();
            json.put("object", "realtime.response").put("id", id).put("status", status);
            json.putNull("status_details").set("output", output.deepCopy());
            json.put("conversation_id", "conv_1");
            json.putArray("output_modalities").add("audio");
            json.put("max_output_tokens", "inf");
            if (status.equals("in_progress")) {
                json.putNull("usage");
            } else {
                json.set("usage", usage());
            }
            json.set("metadata", metadata.isObject() ? metadata : FakeOutbox.MAPPER.nullNode());
            return json;
        }

        private ObjectNode usage() {
            ObjectNode usage = FakeOutbox.MAPPER.createObjectNode();
            usage.put("total_tokens", 253).put("input_tokens", 132).put("output_tokens", 121);
            usage.putObject("input_token_details").put("cached_tokens", 64);
            return usage;
        }

        void run() {
            if (this != active) {
                return;
            }
            Runnable step = steps.poll();
            if (step != null) {
                step.run();
            }
        }
    }

    FakeSpeaking(FakeOutbox out, FakeItems items, FakeScript script, CallLoop loop) {
        this.out = out;
        this.items = items;
        this.script = script;
        this.loop = loop;
    }

    void configure(JsonNode output) {
        format = switch (output.path("format").path("type").asText()) {
            case "audio/pcmu" -> AudioFormat.ULAW_8K;
            case "audio/pcma" -> AudioFormat.ALAW_8K;
            default -> AudioFormat.SLIN_24K;
        };
    }

    boolean isActive() {
        return active != null;
    }

    /** How many responses were begun. */
    int made() {
        return made;
    }

    /** Begins a response, unless one is on its way. */
    void create(FakeAnswer answer, JsonNode metadata, String causeId) {
        if (active != null) {
            out.error(
                    "conversation_already_has_active_response",
                    "Conversation already has an active response in progress: " + active.id
                            + ". Wait until the response is finished before creating a new one.",
                    "",
                    causeId);
            return;
        }
        made++;
        Response response = new Response(metadata);
        active = response;
        out.send((ObjectNode) out.event("response.created").set("response", response.describe("in_progress")));
        tellLimits();
        answer.parts().forEach(part -> plan(response, part));
        response.steps.add(() -> finish(response, "completed"));
        loop.schedule(script.thinking(), response::run);
    }

    void cancel(String responseId, String causeId) {
        if (active == null || (!responseId.isEmpty() && !responseId.equals(active.id))) {
            out.error("response_cancel_not_active", "Cancellation failed: no active response found", "", causeId);
            return;
        }
        breakOff("cancelled", "client_cancelled");
    }

    /** Ends the response early, as the server does itself. */
    void breakOff(String status, String reason) {
        Response response = active;
        if (response.open != null) {
            closeItem(response, response.open, "incomplete");
        }
        end(
                response,
                status,
                FakeOutbox.MAPPER.createObjectNode().put("type", status).put("reason", reason));
    }

    /** Fails the response. */
    void fail(String type, String code, String message) {
        Response response = active;
        ObjectNode details = FakeOutbox.MAPPER.createObjectNode().put("type", "failed");
        details.putObject("error").put("type", type).put("code", code).put("message", message);
        end(response, "failed", details);
    }

    private void tellLimits() {
        ObjectNode event = out.event("rate_limits.updated");
        ObjectNode limit = event.putArray("rate_limits").addObject();
        limit.put("name", "tokens")
                .put("limit", 50_000)
                .put("remaining", 49_950)
                .put("reset_seconds", 0.06);
        out.send(event);
    }

    private void plan(Response response, FakeAnswer.Part part) {
        if (part instanceof FakeAnswer.Speech speech) {
            planSpeech(response, speech.text());
        } else if (part instanceof FakeAnswer.Call call) {
            response.steps.add(() -> call(response, call));
        } else {
            throw new AssertionError(part);
        }
    }

    private void planSpeech(Response response, String text) {
        AudioFrame audio = AudioConverter.convertWhole(script.speak(text), format);
        List<byte[]> pieces = pieces(audio.data());
        List<String> words = shares(text, Math.max(1, pieces.size()));
        response.steps.add(() -> {
            beginSpeech(response);
            response.run();
        });
        for (int i = 0; i < words.size(); i++) {
            String piece = words.get(i);
            byte[] sound = i < pieces.size() ? pieces.get(i) : new byte[0];
            response.steps.add(() -> {
                speak(response, piece, sound);
                loop.schedule(script.pause(), response::run);
            });
        }
        response.steps.add(() -> {
            endSpeech(response, text);
            response.run();
        });
    }

    private List<byte[]> pieces(byte[] data) {
        int length = Math.max(1, format.bytesIn(script.piece()));
        List<byte[]> pieces = new ArrayList<>();
        for (int from = 0; from < data.length; from += length) {
            pieces.add(Arrays.copyOfRange(data, from, Math.min(data.length, from + length)));
        }
        return pieces;
    }

    /** The text in as many parts as there are pieces of audio, whole words each, some of them empty. */
    private static List<String> shares(String text, int count) {
        List<String> shares = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= count; i++) {
            int to = i == count ? text.length() : text.lastIndexOf(' ', text.length() * i / count);
            shares.add(text.substring(from, Math.max(from, to)));
            from = Math.max(from, to);
        }
        return shares;
    }

    private void beginSpeech(Response response) {
        ObjectNode json = FakeOutbox.MAPPER.createObjectNode();
        json.put("type", "message")
                .put("status", "in_progress")
                .put("role", "assistant")
                .putArray("content");
        FakeItems.FakeItem item = open(response, json);
        ObjectNode event = response.eventOf(item, "response.content_part.added").put("content_index", 0);
        event.putObject("part").put("type", "audio").put("transcript", "");
        out.send(event);
        ((ArrayNode) item.json.path("content"))
                .addObject()
                .put("type", "output_audio")
                .put("transcript", "");
    }

    private FakeItems.FakeItem open(Response response, ObjectNode json) {
        String id = out.newId("item");
        ObjectNode added = response.event("response.output_item.added").put("output_index", response.output.size());
        added.set("item", json.deepCopy().put("id", id).put("object", "realtime.item"));
        out.send(added);
        response.open = items.add(id, json);
        return response.open;
    }

    private void speak(Response response, String text, byte[] sound) {
        FakeItems.FakeItem item = response.open;
        ObjectNode content = (ObjectNode) item.json.path("content").path(0);
        content.put("transcript", content.path("transcript").asText() + text);
        if (!text.isEmpty()) {
            out.send(response.eventOf(item, "response.output_audio_transcript.delta")
                    .put("content_index", 0)
                    .put("delta", text));
        }
        if (sound.length > 0) {
            item.audioMs += format.durationOf(sound.length).toMillis();
            out.send(response.eventOf(item, "response.output_audio.delta")
                    .put("content_index", 0)
                    .put("delta", Base64.getEncoder().encodeToString(sound)));
        }
    }

    private void endSpeech(Response response, String text) {
        FakeItems.FakeItem item = response.open;
        out.send(response.eventOf(item, "response.output_audio.done").put("content_index", 0));
        out.send(response.eventOf(item, "response.output_audio_transcript.done")
                .put("content_index", 0)
                .put("transcript", text));
        ObjectNode part = response.eventOf(item, "response.content_part.done").put("content_index", 0);
        part.putObject("part").put("type", "audio").put("transcript", text);
        out.send(part);
        closeItem(response, item, "completed");
    }

    private void call(Response response, FakeAnswer.Call call) {
        String callId = out.newId("call");
        ObjectNode json = FakeOutbox.MAPPER.createObjectNode();
        json.put("type", "function_call").put("status", "in_progress");
        json.put("call_id", callId).put("name", call.name()).put("arguments", "");
        FakeItems.FakeItem item = open(response, json);
        for (String piece :
                List.of(call.arguments().substring(0, 1), call.arguments().substring(1))) {
            out.send(response.eventOf(item, "response.function_call_arguments.delta")
                    .put("call_id", callId)
                    .put("delta", piece));
        }
        out.send(response.eventOf(item, "response.function_call_arguments.done")
                .put("call_id", callId)
                .put("name", call.name())
                .put("arguments", call.arguments()));
        item.json.put("arguments", call.arguments());
        closeItem(response, item, "completed");
        response.run();
    }

    private void closeItem(Response response, FakeItems.FakeItem item, String status) {
        item.json.put("status", status);
        items.tell("conversation.item.done", item);
        ObjectNode done = response.event("response.output_item.done").put("output_index", response.output.size());
        done.set("item", item.json.deepCopy());
        out.send(done);
        response.output.add(item.json.deepCopy());
        response.open = null;
    }

    private void finish(Response response, String status) {
        end(response, status, FakeOutbox.MAPPER.nullNode());
    }

    private void end(Response response, String status, JsonNode details) {
        active = null;
        ObjectNode json = response.describe(status);
        json.set("status_details", details);
        out.send((ObjectNode) out.event("response.done").set("response", json));
    }
}
