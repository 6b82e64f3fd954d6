package io.patchcord.provider.local.dialogue;

import io.patchcord.agent.pipeline.LlmFallback;
import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.openai.compatible.ChatCompletionsEngine;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The language model that may answer in the receptionist's place.
 *
 * @param model of the user's server
 * @param firstText how long it may take to begin
 */
record ModelSettings(ChatCompletionsEngine.Builder model, Duration firstText) {

    private static final String URL = "LOCAL_LLM_URL";
    private static final String MODEL = "LOCAL_LLM_MODEL";
    private static final String API_KEY = "LOCAL_LLM_API_KEY";
    private static final String TIMEOUT = "LOCAL_LLM_TIMEOUT";

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(4);
    private static final Duration REST = Duration.ofSeconds(30);

    static final List<ConfigKey> KEYS = List.of(
            ConfigKey.of(URL, "OpenAI-compatible server whose model answers, such as http://127.0.0.1:11434/v1", ""),
            ConfigKey.of(MODEL, "the model on that server", ""),
            ConfigKey.secret(API_KEY, "the key of that server, if it wants one"),
            ConfigKey.of(TIMEOUT, "how long it may take to begin before the receptionist answers", "4s"));

    /**
     * What is set; nothing if no server is.
     *
     * @throws ProviderException of kind CONFIGURATION if the settings do not go together
     */
    static Optional<ModelSettings> read(ProviderConfig config) {
        Optional<String> url = config.get(URL);
        if (url.isEmpty()) {
            config.get(MODEL).ifPresent(model -> {
                throw bad(MODEL + "=" + model + ", but no " + URL + ": set it, or leave out the model");
            });
            return Optional.empty();
        }
        String model = config.get(MODEL)
                .orElseThrow(
                        () -> bad(URL + " is set, but no " + MODEL + ": write the name of the model on that server"));
        Duration timeout = config.duration(TIMEOUT, DEFAULT_TIMEOUT);
        if (timeout.isZero() || timeout.isNegative()) {
            throw bad(TIMEOUT + " must be more than nothing, such as 4s");
        }
        ChatCompletionsEngine.Builder builder = ChatCompletionsEngine.builder(uri(url.get()), model);
        config.get(API_KEY).ifPresent(builder::apiKey);
        return Optional.of(new ModelSettings(builder, timeout));
    }

    private static URI uri(String text) {
        try {
            URI uri = URI.create(text);
            if (List.of("http", "https").contains(String.valueOf(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below, as for other addresses that are no server's.
        }
        throw bad(URL + " is no http address: write one such as http://127.0.0.1:11434/v1");
    }

    private static ProviderException bad(String message) {
        return new ProviderException(ProviderException.Kind.CONFIGURATION, message);
    }

    /** The model, and the receptionist behind it. */
    LlmEngine before(LlmEngine receptionist, House house) {
        return new LlmFallback(new InformedModel(model.build(), house), receptionist, firstText, REST);
    }
}
