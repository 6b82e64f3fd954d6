package io.patchcord.ari;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.function.Function;

/** What an Asterisk says about itself. Parts that it left out have empty values. */
public record AsteriskInfo(SystemInfo system, BuildInfo build, ConfigInfo config, StatusInfo status) {

    /** Version and identity; the entity id is also the {@code asterisk_id} of every event. */
    public record SystemInfo(AsteriskVersion version, String entityId) {}

    /** Where and when it was built. */
    public record BuildInfo(String os, String kernel, String machine, String options, String date, String user) {}

    /** Its name and limits; a limit of 0 is no limit. */
    public record ConfigInfo(String name, String defaultLanguage, int maxChannels, int maxOpenFiles) {}

    /** When it was started and last reloaded. */
    public record StatusInfo(Instant startupTime, Instant lastReloadTime) {}

    static AsteriskInfo from(JsonNode json) {
        return new AsteriskInfo(
                part(json, "system", AsteriskInfo::system),
                part(json, "build", AsteriskInfo::build),
                part(json, "config", AsteriskInfo::config),
                part(json, "status", AsteriskInfo::status));
    }

    private static <T> T part(JsonNode json, String field, Function<JsonNode, T> mapper) {
        return mapper.apply(json.path(field));
    }

    private static SystemInfo system(JsonNode json) {
        return new SystemInfo(AsteriskVersion.parse(Json.text(json, "version")), Json.text(json, "entity_id"));
    }

    private static BuildInfo build(JsonNode json) {
        return new BuildInfo(
                Json.text(json, "os"),
                Json.text(json, "kernel"),
                Json.text(json, "machine"),
                Json.text(json, "options"),
                Json.text(json, "date"),
                Json.text(json, "user"));
    }

    private static ConfigInfo config(JsonNode json) {
        return new ConfigInfo(
                Json.text(json, "name"),
                Json.text(json, "default_language"),
                Json.integer(json, "max_channels"),
                Json.integer(json, "max_open_files"));
    }

    private static StatusInfo status(JsonNode json) {
        return new StatusInfo(Json.instant(json, "startup_time"), Json.instant(json, "last_reload_time"));
    }
}
