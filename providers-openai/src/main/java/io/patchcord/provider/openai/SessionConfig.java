package io.patchcord.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.ToolSpec;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The session object of {@code session.update} ({@code RealtimeSessionCreateRequestGA} and
 * {@code RealtimeTranscriptionSessionCreateRequestGA} of the specification). What a server has as its default and the user
 * did not set is left out, so that servers which know less take it, too.
 */
final class SessionConfig {

    private SessionConfig() {}

    /**
     * A session that converses.
     *
     * @param without parts that are left out, as the server has refused them
     * @throws ProviderException of kind CONFIGURATION if a tool's schema is none
     */
    static ObjectNode conversation(
            RealtimeSettings settings, S2sRequest request, WireAudio in, WireAudio out, Set<OptionalPart> without) {
        ObjectNode session = Json.object().put("type", "realtime");
        session.putArray("output_modalities").add("audio");
        if (!request.instructions().isBlank()) {
            session.put("instructions", request.instructions());
        }
        ObjectNode audio = session.putObject("audio");
        ObjectNode input = input(settings.listening(), request.language(), in, without);
        input.set("turn_detection", turns(settings.listening().turns(), without));
        audio.set("input", input);
        audio.set("output", output(settings, request, out, without));
        session.set("tools", tools(request.tools()));
        if (!without.contains(OptionalPart.REASONING)) {
            settings.reasoningEffort()
                    .ifPresent(effort -> session.putObject("reasoning").put("effort", effort));
        }
        if (!without.contains(OptionalPart.PARALLEL_TOOLS)) {
            settings.parallelToolCalls().ifPresent(choice -> session.put("parallel_tool_calls", choice));
        }
        if (!without.contains(OptionalPart.TRUNCATION)
                && !settings.truncation().asText().equals("auto")) {
            session.set("truncation", settings.truncation());
        }
        settings.maxOutputTokens().ifPresent(limit -> session.put("max_output_tokens", limit));
        return session;
    }

    /** A change of the instructions alone. */
    static ObjectNode instructions(String instructions) {
        return Json.object().put("type", "realtime").put("instructions", instructions);
    }

    /** A session that only writes down what it hears. */
    static ObjectNode transcription(RealtimeSettings.Listening listening, String language, WireAudio in) {
        ObjectNode session = Json.object().put("type", "transcription");
        ObjectNode input = input(listening, language, in, Set.of());
        input.set("turn_detection", listening.turns().describe());
        session.putObject("audio").set("input", input);
        return session;
    }

    private static ObjectNode input(
            RealtimeSettings.Listening listening, String language, WireAudio format, Set<OptionalPart> without) {
        ObjectNode input = Json.object();
        input.set("format", format.describe());
        if (!without.contains(OptionalPart.TRANSCRIPTION)) {
            listening
                    .transcription()
                    .ifPresent(transcription -> input.set("transcription", transcription(transcription, language)));
        }
        if (!without.contains(OptionalPart.NOISE_REDUCTION)) {
            listening
                    .noiseReduction()
                    .ifPresent(kind -> input.putObject("noise_reduction").put("type", kind));
        }
        return input;
    }

    private static ObjectNode transcription(RealtimeSettings.Transcription transcription, String callLanguage) {
        ObjectNode object = Json.object().put("model", transcription.model());
        String language = baseOf(transcription.language().orElse(callLanguage));
        if (takesSeveralLanguages(transcription.model()) && !language.isEmpty()) {
            object.putArray("languages").add(language);
        } else if (!language.isEmpty()) {
            object.put("language", language);
        }
        transcription.prompt().ifPresent(prompt -> object.put("prompt", prompt));
        return object;
    }

    /** The newer family has a list of languages in the place of the one. */
    private static boolean takesSeveralLanguages(String model) {
        return model.startsWith("gpt-transcribe") || model.startsWith("gpt-live-transcribe");
    }

    /** {@code en} of {@code en-GB}: the API wants ISO 639-1. */
    private static String baseOf(String tag) {
        return Locale.forLanguageTag(tag.replace('_', '-')).getLanguage();
    }

    private static JsonNode turns(TurnDetection detection, Set<OptionalPart> without) {
        JsonNode turns = detection.describeForConversation();
        if (turns instanceof ObjectNode object && without.contains(OptionalPart.IDLE_TIMEOUT)) {
            object.remove("idle_timeout_ms");
        }
        return turns;
    }

    private static ObjectNode output(
            RealtimeSettings settings, S2sRequest request, WireAudio format, Set<OptionalPart> without) {
        ObjectNode output = Json.object();
        output.set("format", format.describe());
        String voice = request.voice().orElse(settings.voice());
        if (voice.startsWith("voice_")) {
            output.putObject("voice").put("id", voice);
        } else {
            output.put("voice", voice);
        }
        if (settings.speed() != 1 && !without.contains(OptionalPart.SPEED)) {
            output.put("speed", settings.speed());
        }
        return output;
    }

    /** Flat, unlike those of chat completions. */
    private static ArrayNode tools(List<ToolSpec> tools) {
        ArrayNode array = Json.object().putArray("tools");
        for (ToolSpec tool : tools) {
            ObjectNode schema = Json.parse(tool.parametersSchema())
                    .orElseThrow(() -> new ProviderException(
                            Kind.CONFIGURATION, "the schema of the tool " + tool.name() + " is no JSON object"));
            array.addObject()
                    .put("type", "function")
                    .put("name", tool.name())
                    .put("description", tool.description())
                    .set("parameters", schema);
        }
        return array;
    }
}
