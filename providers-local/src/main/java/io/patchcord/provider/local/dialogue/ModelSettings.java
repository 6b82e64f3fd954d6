package io.patchcord.provider.local.dialogue;

import io.patchcord.agent.pipeline.LlmFallback;
import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.openai.compatible.ChatCompletionsEngine;
import io.patchcord.provider.local.server.ServerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The language model that may answer in the receptionist's place.
 *
 * @param model of the user's server
 * @param firstText how long it may take to begin
 */
record ModelSettings(ChatCompletionsEngine.Builder model, Duration firstText) {

    private static final ServerSettings SERVER = new ServerSettings("LOCAL_LLM");
    private static final String TIMEOUT = "LOCAL_LLM_TIMEOUT";
    private static final String WARM_UP = "LOCAL_LLM_WARM_UP";
    private static final String MORE_FIELDS = "LOCAL_LLM_MORE_FIELDS";

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(4);
    private static final Duration REST = Duration.ofSeconds(30);

    static final List<ConfigKey> KEYS = Stream.concat(
                    SERVER.keys("whose model answers", "http://127.0.0.1:11434/v1").stream(),
                    Stream.of(
                            ConfigKey.of(
                                    TIMEOUT, "how long it may take to begin before the receptionist answers", "4s"),
                            ConfigKey.of(
                                    MORE_FIELDS,
                                    "more fields of each request to that server, as a JSON object, such as"
                                            + " {\"reasoning_effort\":\"none\"}",
                                    ""),
                            ConfigKey.of(
                                    WARM_UP,
                                    "whether it is asked for a word at start and as calls begin, so that its model is loaded",
                                    "true")))
            .toList();

    /**
     * What is set; nothing if no server is.
     *
     * @throws ProviderException of kind CONFIGURATION if the settings do not go together
     */
    static Optional<ModelSettings> read(ProviderConfig config) {
        Duration timeout = config.duration(TIMEOUT, DEFAULT_TIMEOUT);
        if (timeout.isZero() || timeout.isNegative()) {
            throw bad(TIMEOUT + " must be more than nothing, such as 4s");
        }
        return SERVER.read(config, MORE_FIELDS).map(server -> {
            ChatCompletionsEngine.Builder builder = ChatCompletionsEngine.builder(server.url(), server.model())
                    .keyName(server.keyName())
                    .warmUp(config.flag(WARM_UP, true));
            server.key().ifPresent(builder::apiKey);
            config.get(MORE_FIELDS).ifPresent(json -> add(builder, json));
            return new ModelSettings(builder, timeout);
        });
    }

    private static void add(ChatCompletionsEngine.Builder builder, String json) {
        try {
            builder.moreFields(json);
        } catch (IllegalArgumentException e) {
            throw bad(MORE_FIELDS + ": " + e.getMessage());
        }
    }

    private static ProviderException bad(String message) {
        return new ProviderException(ProviderException.Kind.CONFIGURATION, message);
    }

    /** The model, and the receptionist behind it. */
    LlmEngine before(LlmEngine receptionist, House house) {
        return new LlmFallback(new InformedModel(model.build(), house), receptionist, firstText, REST);
    }
}
