package io.patchcord.provider.openai;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A part of a session's settings without which the conversation is possible, too. When a server refuses one, because its
 * model has not got it or it was withdrawn, a session without it is better than none.
 */
enum OptionalPart {
    TRANSCRIPTION("transcription", "OPENAI_REALTIME_TRANSCRIPTION_MODEL"),
    NOISE_REDUCTION("noise_reduction", "OPENAI_REALTIME_NOISE_REDUCTION"),
    IDLE_TIMEOUT("idle_timeout_ms", "OPENAI_REALTIME_IDLE_TIMEOUT"),
    SPEED("speed", "OPENAI_REALTIME_SPEED"),
    REASONING("reasoning", "OPENAI_REALTIME_REASONING_EFFORT"),
    PARALLEL_TOOLS("parallel_tool_calls", "OPENAI_REALTIME_PARALLEL_TOOL_CALLS"),
    TRUNCATION("truncation", "OPENAI_REALTIME_TRUNCATION");

    private final String field;
    private final String setting;

    OptionalPart(String field, String setting) {
        this.field = field;
        this.setting = setting;
    }

    /** The part that an error's parameter names, such as {@code session.audio.input.transcription.model}. */
    static Optional<OptionalPart> named(String parameter) {
        List<String> path = List.of(parameter.split("\\."));
        return Arrays.stream(values()).filter(part -> path.contains(part.field)).findFirst();
    }

    /** The setting that brings it. */
    String setting() {
        return setting;
    }
}
