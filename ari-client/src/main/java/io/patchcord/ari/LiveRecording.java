package io.patchcord.ari;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * A recording in progress, or one that has just ended.
 *
 * @param targetUri what is recorded: {@code channel:ID} or {@code bridge:ID}
 * @param duration its length, once it is known (Asterisk counts whole seconds)
 * @param cause why it failed; empty when it did not
 */
public record LiveRecording(
        String name, String format, String targetUri, State state, Duration duration, String cause) {

    /** How far a recording is. */
    public enum State {
        QUEUED,
        RECORDING,
        PAUSED,
        DONE,
        FAILED,
        CANCELED,
        UNKNOWN
    }

    static LiveRecording from(JsonNode json) {
        return new LiveRecording(
                Json.text(json, "name"),
                Json.text(json, "format"),
                Json.text(json, "target_uri"),
                Json.word(State.class, Json.text(json, "state"), State.UNKNOWN),
                Duration.ofSeconds(Json.integer(json, "duration")),
                Json.text(json, "cause"));
    }
}
