package io.patchcord.agent.pipeline;

import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of fail-over that can be configured, by their names in the environment. */
public final class FailoverConfig {

    private static final FailoverSettings DEFAULTS = FailoverSettings.DEFAULT;
    private static final String NO_VOICE = "none";

    private FailoverConfig() {}

    /** Every setting that {@link Conversations} reads for providers that stand in for each other. */
    public static List<ConfigKey> keys() {
        return List.of(
                key("FAILOVER_OPEN_TIMEOUT", "how long a provider's session may take to be ready", "5s"),
                key(
                        "FAILOVER_STALL",
                        "how long the audio of an answer may take, and each further piece, before the provider has failed",
                        "8s"),
                key("FAILOVER_SENTENCE_AFTER", "silence after which the caller is asked to wait", "700ms"),
                key("FAILOVER_GIVE_UP_AFTER", "how long a call may be without a provider", "15s"),
                key("FAILOVER_REST", "how long a provider that failed is left alone, doubled each time", "2s"),
                key("FAILOVER_LONGEST_REST", "how long at most", "60s"),
                key(
                        "FAILOVER_VOICE",
                        "provider of the voice that asks callers to wait, or none; unless set, one of the providers",
                        ""),
                key("STT_FALLBACK_AFTER", "how long the first of several recognisers may take for its words", "3s"),
                key("LLM_FALLBACK_AFTER", "how long the first of several dialogues may take to begin an answer", "4s"),
                key("TTS_FALLBACK_AFTER", "how long the first of several voices may take for its audio", "2500ms"));
    }

    /**
     * The settings, with defaults for what is not set.
     *
     * @throws ProviderException of kind CONFIGURATION that names the setting which cannot work
     */
    public static FailoverSettings settings(ProviderConfig config) {
        try {
            return new FailoverSettings(
                    positive(config, "FAILOVER_OPEN_TIMEOUT", DEFAULTS.openTimeout()),
                    positive(config, "FAILOVER_STALL", DEFAULTS.stall()),
                    positive(config, "FAILOVER_SENTENCE_AFTER", DEFAULTS.sentenceAfter()),
                    positive(config, "FAILOVER_GIVE_UP_AFTER", DEFAULTS.giveUpAfter()),
                    positive(config, "FAILOVER_REST", DEFAULTS.rest()),
                    positive(config, "FAILOVER_LONGEST_REST", DEFAULTS.longestRest()),
                    DEFAULTS.phrases());
        } catch (IllegalArgumentException e) {
            throw new ProviderException(
                    ProviderException.Kind.CONFIGURATION,
                    "FAILOVER_REST and FAILOVER_LONGEST_REST: the first may not be longer than the second",
                    e);
        }
    }

    static Duration sttAfter(ProviderConfig config) {
        return positive(config, "STT_FALLBACK_AFTER", Duration.ofSeconds(3));
    }

    static Duration llmAfter(ProviderConfig config) {
        return positive(config, "LLM_FALLBACK_AFTER", Duration.ofSeconds(4));
    }

    static Duration ttsAfter(ProviderConfig config) {
        return positive(config, "TTS_FALLBACK_AFTER", Duration.ofMillis(2_500));
    }

    /** The provider of the spare voice, if one is named. */
    static Optional<String> voice(ProviderConfig config) {
        return config.get("FAILOVER_VOICE").filter(name -> !name.equals(NO_VOICE));
    }

    /** Whether there shall be no spare voice. */
    static boolean isVoiceOff(ProviderConfig config) {
        return config.get("FAILOVER_VOICE").filter(NO_VOICE::equals).isPresent();
    }

    private static Duration positive(ProviderConfig config, String name, Duration usual) {
        Duration value = config.duration(name, usual);
        if (value.isZero() || value.isNegative()) {
            throw new ProviderException(
                    ProviderException.Kind.CONFIGURATION, name + " must be more than nothing, such as 5s");
        }
        return value;
    }

    private static ConfigKey key(String name, String description, String defaultValue) {
        return ConfigKey.of(name, description, defaultValue);
    }
}
