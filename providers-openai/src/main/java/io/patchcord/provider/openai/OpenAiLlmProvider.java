package io.patchcord.provider.openai;

import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.LlmProvider;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.openai.compatible.ChatCompletionsEngine;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** OpenAI's language models as the dialogue of a cascade: {@code --llm=openai}. */
public final class OpenAiLlmProvider implements LlmProvider {

    private static final String API_KEY = "OPENAI_API_KEY";
    private static final String BASE_URL = "OPENAI_BASE_URL";
    private static final String MODEL = "OPENAI_LLM_MODEL";
    private static final String MAX_TOKENS = "OPENAI_LLM_MAX_TOKENS";
    private static final String TIMEOUT = "OPENAI_LLM_TIMEOUT";
    private static final String DEFAULT_BASE_URL = "https://api.openai.com/v1";
    private static final String DEFAULT_MODEL = "gpt-4.1-mini";

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public List<ConfigKey> configKeys() {
        return List.of(
                ConfigKey.secret(API_KEY, "key of the OpenAI API"),
                ConfigKey.of(BASE_URL, "address of the API, for gateways and compatible servers", DEFAULT_BASE_URL),
                ConfigKey.of(MODEL, "model that answers in a cascade", DEFAULT_MODEL),
                ConfigKey.of(MAX_TOKENS, "limit for the length of an answer, 0 for none", "0"),
                ConfigKey.of(TIMEOUT, "how long each piece of an answer may take", "20s"));
    }

    @Override
    public LlmEngine create(ProviderConfig config) {
        String key = config.require(API_KEY);
        String base = config.get(BASE_URL, DEFAULT_BASE_URL);
        try {
            return ChatCompletionsEngine.builder(URI.create(base), config.get(MODEL, DEFAULT_MODEL))
                    .apiKey(key)
                    .maxTokens(config.integer(MAX_TOKENS, 0, 0, 100_000), "max_completion_tokens")
                    .timeout(config.duration(TIMEOUT, Duration.ofSeconds(20)))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new ProviderException(
                    ProviderException.Kind.CONFIGURATION,
                    BASE_URL + "=" + base + ": write an http or https address such as " + DEFAULT_BASE_URL,
                    e);
        }
    }
}
