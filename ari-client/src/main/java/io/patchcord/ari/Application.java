package io.patchcord.ari;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A registered Stasis application and what it is subscribed to. */
public record Application(
        String name,
        List<String> channelIds,
        List<String> bridgeIds,
        List<String> endpointIds,
        List<String> deviceNames) {

    static Application from(JsonNode json) {
        return new Application(
                Json.text(json, "name"),
                Json.texts(json, "channel_ids"),
                Json.texts(json, "bridge_ids"),
                Json.texts(json, "endpoint_ids"),
                Json.texts(json, "device_names"));
    }
}
