package io.patchcord.provider.deepgram.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.provider.deepgram.Json;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Which of Deepgram's voices speaks, the first one that works.
 *
 * @param speed 1 is the voice's own
 */
record SpeakConfig(List<String> models, OptionalDouble speed) {

    private static final String MODEL = "DEEPGRAM_AGENT_SPEAK_MODEL";
    private static final String SPEED = "DEEPGRAM_AGENT_SPEAK_SPEED";
    private static final String DEFAULT_MODEL = "aura-2-thalia-en";

    static final List<ConfigKey> KEYS = List.of(
            ConfigKey.of(
                    MODEL,
                    "voice of a Voice Agent where a call names none, or several with commas between, the next one when"
                            + " one fails",
                    DEFAULT_MODEL),
            ConfigKey.of(SPEED, "how fast it speaks, 0.5 to 1.5 (1 unless set)", ""));

    static SpeakConfig read(ProviderConfig config) {
        List<String> models = Values.list(config, MODEL);
        return new SpeakConfig(
                models.isEmpty() ? List.of(DEFAULT_MODEL) : models, Values.number(config, SPEED, 0.5, 1.5));
    }

    /**
     * The {@code speak} of Settings and UpdateSpeak: one voice, or several in the order in which they are to be tried.
     *
     * @param voice of the call, before the ones that are set
     */
    JsonNode json(Optional<String> voice) {
        ArrayNode all = Json.object().arrayNode();
        Stream.concat(voice.stream(), models.stream()).distinct().forEach(model -> {
            ObjectNode provider = all.addObject()
                    .putObject("provider")
                    .put("type", "deepgram")
                    .put("model", model);
            if (model.startsWith("flux")) {
                provider.put("version", "v2");
            }
            speed.ifPresent(value -> provider.put("speed", value));
        });
        return all.size() == 1 ? all.get(0) : all;
    }
}
