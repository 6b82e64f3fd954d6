package io.patchcord.ari;

import com.fasterxml.jackson.databind.JsonNode;

/** A recording that is kept in Asterisk's recording folder; the name may hold slashes, and has no extension. */
public record StoredRecording(String name, String format) {

    static StoredRecording from(JsonNode json) {
        return new StoredRecording(Json.text(json, "name"), Json.text(json, "format"));
    }
}
