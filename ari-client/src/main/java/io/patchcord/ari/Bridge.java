package io.patchcord.ari;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/**
 * Asterisk's picture of one bridge at the time of an event or an answer.
 *
 * @param technology how it mixes now, such as {@code simple_bridge} (two legs) or {@code softmix}
 * @param type what was asked for: {@code mixing} or {@code holding}
 * @param bridgeClass {@code stasis} for those made through ARI
 * @param channelIds the legs that are in it
 */
public record Bridge(
        String id,
        String name,
        String technology,
        String type,
        String bridgeClass,
        String creator,
        List<String> channelIds,
        Instant creationTime) {

    static Bridge from(JsonNode json) {
        return new Bridge(
                Json.text(json, "id"),
                Json.text(json, "name"),
                Json.text(json, "technology"),
                Json.text(json, "bridge_type"),
                Json.text(json, "bridge_class"),
                Json.text(json, "creator"),
                Json.texts(json, "channels"),
                Json.instant(json, "creationtime"));
    }
}
