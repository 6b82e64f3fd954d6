package io.patchcord.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.provider.openai.ServerEvent.OutputItem;
import io.patchcord.provider.openai.ServerEvent.RateLimit;
import io.patchcord.provider.openai.ServerEvent.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads what the server sends. Fields and types that are not known, missing or null disturb nothing. The names of the beta
 * are understood, for compatible servers that still use them; OpenAI itself does not.
 */
final class ServerEvents {

    private final UnaryOperator<String> withoutKey;

    /**
     * For what a server sends that was told a key.
     *
     * @param withoutKey takes the key out of a text
     */
    ServerEvents(UnaryOperator<String> withoutKey) {
        this.withoutKey = withoutKey;
    }

    /** Empty if the text is no message: no JSON object, or one without a type. */
    Optional<ServerEvent> parse(String text) {
        return Json.parse(text)
                .filter(message -> !Words.of(message, "type").isEmpty())
                .map(this::event);
    }

    private ServerEvent event(JsonNode message) {
        String type = Words.of(message, "type");
        return switch (type) {
            case "session.created", "transcription_session.created" -> new ServerEvent.SessionCreated(expiry(message));
            case "session.updated", "transcription_session.updated" -> new ServerEvent.SessionUpdated(expiry(message));
            case "error" -> new ServerEvent.Failure(error(message.path("error")));
            case "input_audio_buffer.speech_started" ->
                new ServerEvent.SpeechStarted(
                        itemId(message), message.path("audio_start_ms").asLong());
            case "input_audio_buffer.speech_stopped" ->
                new ServerEvent.SpeechStopped(
                        itemId(message), message.path("audio_end_ms").asLong());
            case "input_audio_buffer.committed" -> new ServerEvent.Committed(itemId(message));
            case "rate_limits.updated" -> rateLimits(message);
            case "conversation.item.added", "conversation.item.created" -> itemAdded(type, message.path("item"));
            default -> type.startsWith("response.") ? ofResponse(type, message) : ofTranscript(type, message);
        };
    }

    private static ServerEvent itemAdded(String type, JsonNode item) {
        if (Words.of(item, "type").equals("function_call_output")) {
            return new ServerEvent.OursAdded(Words.of(item, "call_id"));
        }
        String id = Words.of(item, "id");
        return id.startsWith(Items.OURS) ? new ServerEvent.OursAdded(id) : new ServerEvent.Other(type);
    }

    private ServerEvent ofTranscript(String type, JsonNode message) {
        return switch (type) {
            case "conversation.item.input_audio_transcription.delta" ->
                new ServerEvent.TranscriptDelta(itemId(message), Words.of(message, "delta"));
            case "conversation.item.input_audio_transcription.completed" ->
                new ServerEvent.TranscriptCompleted(itemId(message), Words.of(message, "transcript"));
            case "conversation.item.input_audio_transcription.failed" ->
                new ServerEvent.TranscriptFailed(itemId(message), error(message.path("error")));
            default -> other(type);
        };
    }

    private ServerEvent ofResponse(String type, JsonNode message) {
        String response = Words.of(message, "response_id");
        return switch (type) {
            case "response.created" -> created(message.path("response"));
            case "response.done" -> done(message.path("response"));
            case "response.output_item.added" -> new ServerEvent.ItemAdded(response, item(message.path("item")));
            case "response.output_item.done" -> new ServerEvent.ItemDone(response, item(message.path("item")));
            case "response.output_audio.delta", "response.audio.delta" ->
                new ServerEvent.OutputAudio(response, itemId(message), Words.of(message, "delta"));
            case "response.output_audio.done", "response.audio.done" ->
                new ServerEvent.OutputAudioDone(response, itemId(message));
            case "response.output_audio_transcript.delta",
                    "response.audio_transcript.delta",
                    "response.output_text.delta",
                    "response.text.delta" ->
                new ServerEvent.OutputText(response, itemId(message), Words.of(message, "delta"));
            case "response.function_call_arguments.done" ->
                new ServerEvent.ArgumentsDone(
                        response,
                        new OutputItem(
                                itemId(message),
                                "function_call",
                                "completed",
                                Words.of(message, "call_id"),
                                Words.of(message, "name"),
                                Words.of(message, "arguments")));
            default -> other(type);
        };
    }

    private static ServerEvent created(JsonNode response) {
        return new ServerEvent.ResponseCreated(
                Words.of(response, "id"), Words.of(response.path("metadata"), ClientEvents.REQUEST));
    }

    private ServerEvent done(JsonNode response) {
        JsonNode details = response.path("status_details");
        JsonNode error = details.path("error");
        JsonNode usage = response.path("usage");
        List<OutputItem> output = new ArrayList<>();
        response.path("output").forEach(item -> output.add(item(item)));
        return new ServerEvent.ResponseDone(
                Words.of(response, "id"),
                Words.of(response, "status"),
                withoutKey.apply(Words.of(details, "reason")),
                error.isObject() ? error(error) : ServerError.NONE,
                List.copyOf(output),
                new Usage(
                        usage.path("input_tokens").asLong(),
                        usage.path("input_token_details").path("cached_tokens").asLong(),
                        usage.path("output_tokens").asLong()));
    }

    /** Of no account but to the log. */
    private ServerEvent other(String type) {
        return new ServerEvent.Other(withoutKey.apply(type));
    }

    private ServerError error(JsonNode error) {
        return ServerError.of(error, withoutKey);
    }

    private static OutputItem item(JsonNode item) {
        return new OutputItem(
                Words.of(item, "id"),
                Words.of(item, "type"),
                Words.of(item, "status"),
                Words.of(item, "call_id"),
                Words.of(item, "name"),
                Words.of(item, "arguments"));
    }

    private static ServerEvent rateLimits(JsonNode message) {
        List<RateLimit> limits = new ArrayList<>();
        message.path("rate_limits")
                .forEach(limit -> limits.add(new RateLimit(
                        Words.of(limit, "name"),
                        limit.path("limit").asLong(),
                        limit.path("remaining").asLong(),
                        limit.path("reset_seconds").asDouble())));
        return new ServerEvent.RateLimits(List.copyOf(limits));
    }

    private static long expiry(JsonNode message) {
        return message.path("session").path("expires_at").asLong();
    }

    private static String itemId(JsonNode message) {
        return Words.of(message, "item_id");
    }
}
