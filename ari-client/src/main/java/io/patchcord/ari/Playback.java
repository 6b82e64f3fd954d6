package io.patchcord.ari;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Media that Asterisk plays to a channel or a bridge. A finished one can no longer be asked for.
 *
 * @param mediaUri what is played now, such as {@code sound:tt-monkeys}
 * @param targetUri to whom: {@code channel:ID} or {@code bridge:ID}
 */
public record Playback(String id, String mediaUri, String targetUri, String language, State state) {

    /** How far a playback is. */
    public enum State {
        QUEUED,
        PLAYING,
        PAUSED,
        /** One of several media is over, the next begins. */
        CONTINUING,
        DONE,
        FAILED,
        UNKNOWN
    }

    static Playback from(JsonNode json) {
        return new Playback(
                Json.text(json, "id"),
                Json.text(json, "media_uri"),
                Json.text(json, "target_uri"),
                Json.text(json, "language"),
                Json.word(State.class, Json.text(json, "state"), State.UNKNOWN));
    }
}
