package io.patchcord.ari;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Where a channel is in the dialplan, and what runs there.
 *
 * @param appName the application that runs, such as {@code Stasis} or {@code AudioSocket}
 * @param appData its arguments as written in the dialplan, variables filled in
 */
public record DialplanPosition(String context, String extension, int priority, String appName, String appData) {

    static final DialplanPosition NOWHERE = new DialplanPosition("", "", 0, "", "");

    static DialplanPosition from(JsonNode json) {
        return new DialplanPosition(
                Json.text(json, "context"),
                Json.text(json, "exten"),
                Json.integer(json, "priority"),
                Json.text(json, "app_name"),
                Json.text(json, "app_data"));
    }
}
