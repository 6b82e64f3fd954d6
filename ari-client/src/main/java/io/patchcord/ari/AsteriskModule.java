package io.patchcord.ari;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A module that Asterisk knows.
 *
 * @param status {@code Running} when it can be used
 */
public record AsteriskModule(String name, String description, int useCount, String status, String supportLevel) {

    static AsteriskModule from(JsonNode json) {
        return new AsteriskModule(
                Json.text(json, "name"),
                Json.text(json, "description"),
                Json.integer(json, "use_count"),
                Json.text(json, "status"),
                Json.text(json, "support_level"));
    }

    public boolean running() {
        return status.equals("Running");
    }
}
