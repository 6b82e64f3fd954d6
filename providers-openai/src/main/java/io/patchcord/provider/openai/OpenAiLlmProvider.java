package io.patchcord.provider.openai;

import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.LlmProvider;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.openai.compatible.ChatCompletionsEngine;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** OpenAI's language models as the dialogue of a cascade: {@code --llm=openai}. */
public final class OpenAiLlmProvider implements LlmProvider {

    private static final String MODEL = "OPENAI_LLM_MODEL";
    private static final String MAX_TOKENS = "OPENAI_LLM_MAX_TOKENS";
    private static final String REASONING_EFFORT = "OPENAI_LLM_REASONING_EFFORT";
    private static final String TIMEOUT = "OPENAI_LLM_TIMEOUT";
    private static final String WARM_UP = "OPENAI_LLM_WARM_UP";
    private static final String MORE_FIELDS = "OPENAI_LLM_MORE_FIELDS";
    private static final String DEFAULT_MODEL = "gpt-4.1-mini";

    /** {@code ReasoningEffort} of the specification. */
    static final List<String> EFFORTS = List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public List<ConfigKey> configKeys() {
        List<ConfigKey> own = List.of(
                ConfigKey.of(MODEL, "model that answers in a cascade", DEFAULT_MODEL),
                ConfigKey.of(MAX_TOKENS, "limit for the length of an answer, 0 for none", "0"),
                ConfigKey.of(
                        REASONING_EFFORT, "how long a model that reasons may think: " + String.join(", ", EFFORTS), ""),
                ConfigKey.of(TIMEOUT, "how long each piece of an answer may take", "20s"),
                ConfigKey.of(
                        MORE_FIELDS,
                        "more fields of each request, as a JSON object, for a compatible server that knows them",
                        ""),
                ConfigKey.of(
                        WARM_UP,
                        "whether the model is asked for a word at start and as calls begin, so that it is loaded; "
                                + "only at an http:// address unless set",
                        ""));
        return Stream.of(OpenAiAccount.keys(), own).flatMap(List::stream).toList();
    }

    @Override
    public LlmEngine create(ProviderConfig config) {
        OpenAiAccount account = OpenAiAccount.from(config);
        ChatCompletionsEngine.Builder builder = account.identify(
                        ChatCompletionsEngine.builder(account.baseUrl(), config.get(MODEL, DEFAULT_MODEL)))
                .maxTokens(config.integer(MAX_TOKENS, 0, 0, 100_000), maxTokensField(account))
                .timeout(config.duration(TIMEOUT, Duration.ofSeconds(20)))
                .warmUp(config.flag(WARM_UP, isOwnServer(account)));
        Choices.optional(config, REASONING_EFFORT, EFFORTS).ifPresent(builder::reasoningEffort);
        config.get(MORE_FIELDS).ifPresent(json -> add(builder, json));
        return builder.build();
    }

    private static void add(ChatCompletionsEngine.Builder builder, String json) {
        try {
            builder.moreFields(json);
        } catch (IllegalArgumentException e) {
            throw new ProviderException(Kind.CONFIGURATION, MORE_FIELDS + ": " + e.getMessage(), e);
        }
    }

    /** OpenAI's reasoning models refuse the old name, and many compatible servers have never heard of the new one. */
    static String maxTokensField(OpenAiAccount account) {
        return account.isOpenAi() ? "max_completion_tokens" : "max_tokens";
    }

    /** Without encryption it is in the user's own network, where a word more costs nothing. */
    private static boolean isOwnServer(OpenAiAccount account) {
        return account.baseUrl().getScheme().equalsIgnoreCase("http");
    }
}
