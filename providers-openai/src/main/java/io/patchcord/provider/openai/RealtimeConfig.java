package io.patchcord.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Reads the settings of the Realtime API. Names of models and voices are taken as they are: there are new ones every year. */
final class RealtimeConfig {

    static final String MODEL = "OPENAI_REALTIME_MODEL";
    static final String TURN_DETECTION = "OPENAI_REALTIME_TURN_DETECTION";
    private static final String VOICE = "OPENAI_REALTIME_VOICE";
    private static final String SPEED = "OPENAI_REALTIME_SPEED";
    private static final String AUDIO = "OPENAI_REALTIME_AUDIO";
    private static final String REASONING = "OPENAI_REALTIME_REASONING_EFFORT";
    private static final String PARALLEL_TOOLS = "OPENAI_REALTIME_PARALLEL_TOOL_CALLS";
    private static final String TRUNCATION = "OPENAI_REALTIME_TRUNCATION";
    private static final String CONTEXT_TOKENS = "OPENAI_REALTIME_CONTEXT_TOKENS";
    private static final String MAX_TOKENS = "OPENAI_REALTIME_MAX_TOKENS";
    private static final String TIMEOUT = "OPENAI_REALTIME_TIMEOUT";
    private static final String RESPONSE_TIMEOUT = "OPENAI_REALTIME_RESPONSE_TIMEOUT";
    private static final String SESSION_LIMIT = "OPENAI_REALTIME_SESSION_LIMIT";
    private static final String TRIES = "OPENAI_REALTIME_TRIES";

    private static final ListeningConfig LISTENING = ListeningConfig.ofConversation();

    private static final String DEFAULT_MODEL = "gpt-realtime-2.1";
    private static final String DEFAULT_VOICE = "marin";
    private static final List<String> EFFORTS = List.of("minimal", "low", "medium", "high", "xhigh");
    private static final int MOST_OUTPUT_TOKENS = 1_000_000;

    private RealtimeConfig() {}

    static List<ConfigKey> keys() {
        List<ConfigKey> own = List.of(
                ConfigKey.of(MODEL, "model that listens and speaks", DEFAULT_MODEL),
                ConfigKey.of(VOICE, "voice where a call names none", DEFAULT_VOICE),
                ConfigKey.of(SPEED, "speed of the voice, 0.25 to 1.5", "1"),
                ConfigKey.of(AUDIO, "auto for what suits the call, or pcmu, pcma, pcm", "auto"),
                ConfigKey.of(REASONING, "minimal, low, medium, high or xhigh, for models that reason", ""),
                ConfigKey.of(PARALLEL_TOOLS, "whether the model may call several tools at once, if it knows that", ""),
                ConfigKey.of(TRUNCATION, "auto, disabled, or what is kept of a full context, such as 0.8", "auto"),
                ConfigKey.of(CONTEXT_TOKENS, "context that is allowed beside the instructions, 0 for no limit", "0"),
                ConfigKey.of(MAX_TOKENS, "limit for the length of an answer, 0 for none", "0"),
                ConfigKey.of(TIMEOUT, "how long it may take until a session is ready", "5s"),
                ConfigKey.of(RESPONSE_TIMEOUT, "how long each piece of an answer may take", "10s"),
                ConfigKey.of(SESSION_LIMIT, "age at which another session takes over, between two turns", "50m"),
                ConfigKey.of(
                        TRIES,
                        "how often a session is tried to be had before the call fails; 1 where another provider takes over",
                        String.valueOf(RealtimeSettings.Limits.USUAL_TRIES)));
        return Stream.of(OpenAiAccount.keys(), own, LISTENING.keys())
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Reads the settings.
     *
     * @throws ProviderException of kind CONFIGURATION that names the setting
     */
    static RealtimeSettings settings(ProviderConfig config) {
        return new RealtimeSettings(
                OpenAiAccount.from(config),
                config.get(MODEL, DEFAULT_MODEL),
                config.get(VOICE, DEFAULT_VOICE),
                config.number(SPEED, 1, 0.25, 1.5),
                WireAudio.configured(config, AUDIO),
                LISTENING.read(config),
                Choices.optional(config, REASONING, EFFORTS),
                config.get(PARALLEL_TOOLS).map(text -> config.flag(PARALLEL_TOOLS, true)),
                truncation(config),
                maxTokens(config),
                limits(config));
    }

    static RealtimeSettings.Limits limits(ProviderConfig config) {
        return new RealtimeSettings.Limits(
                Choices.duration(config, TIMEOUT, Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofMinutes(1)),
                Choices.duration(
                        config,
                        RESPONSE_TIMEOUT,
                        Duration.ofSeconds(10),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(5)),
                Choices.duration(
                        config, SESSION_LIMIT, Duration.ofMinutes(50), Duration.ofSeconds(10), Duration.ofHours(24)),
                RealtimeSettings.Limits.tries(config, TRIES));
    }

    private static JsonNode truncation(ProviderConfig config) {
        String text = config.get(TRUNCATION, "auto");
        int context = config.integer(CONTEXT_TOKENS, 0, 0, Integer.MAX_VALUE);
        if (text.equals("auto") || text.equals("disabled")) {
            if (context > 0) {
                throw new ProviderException(
                        Kind.CONFIGURATION,
                        CONTEXT_TOKENS + "=" + context + ": a limit needs " + TRUNCATION
                                + " to say how much is kept, such as 0.8");
            }
            return TextNode.valueOf(text);
        }
        ObjectNode object = Json.object().put("type", "retention_ratio");
        object.put("retention_ratio", ratio(config, text));
        if (context > 0) {
            object.putObject("token_limits").put("post_instructions", context);
        }
        return object;
    }

    private static double ratio(ProviderConfig config, String text) {
        try {
            return config.number(TRUNCATION, 1, 0, 1);
        } catch (ProviderException e) {
            throw new ProviderException(
                    Kind.CONFIGURATION, TRUNCATION + "=" + text + ": write auto, disabled, or a number from 0 to 1", e);
        }
    }

    private static OptionalInt maxTokens(ProviderConfig config) {
        int tokens = config.integer(MAX_TOKENS, 0, 0, MOST_OUTPUT_TOKENS);
        return tokens == 0 ? OptionalInt.empty() : OptionalInt.of(tokens);
    }
}
