package io.patchcord.agent.pipeline;

import io.patchcord.agent.pipeline.voice.CachingTtsEngine;
import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.turn.Endpointer;
import java.util.List;

/** The settings of a cascade that can be configured, by their names in the environment. */
public final class CascadeConfig {

    private static final CascadeSettings DEFAULTS = CascadeSettings.defaults();
    private static final int DEFAULT_CACHE_MB = (int) (CachingTtsEngine.DEFAULT_MAX_BYTES >> 20);

    private CascadeConfig() {}

    /** Every setting that {@link Conversations} reads beside those of the providers. */
    public static List<ConfigKey> keys() {
        return List.of(
                key("TURN_SILENCE", "silence that ends the caller's turn after a finished sentence", "450ms"),
                key("TURN_SILENCE_UNDECIDED", "the same when the words do not tell whether it is finished", "700ms"),
                key("TURN_SILENCE_UNFINISHED", "the same after an unfinished sentence", "900ms"),
                key("TURN_SILENCE_LONGEST", "the same after a hesitation, or when the words are not known", "1400ms"),
                key("VAD_SPEECH_THRESHOLD", "probability from which on audio is speech, 0 to 1", "0.5"),
                key("VAD_SILENCE_THRESHOLD", "probability below which speech pauses, 0 to 1", "0.35"),
                key("PREPARE_ANSWERS", "prepare the answer before it is sure that the turn is over", "true"),
                key("STT_TIMEOUT", "how long the words of an utterance may take", "5s"),
                key("LLM_TIMEOUT", "how long the first words of an answer may take", "8s"),
                key("TTS_TIMEOUT", "how long the audio of a clause may take", "5s"),
                key("TTS_CACHE_MB", "memory for audio that is spoken again, in MB", String.valueOf(DEFAULT_CACHE_MB)));
    }

    /**
     * The settings, with defaults for what is not set.
     *
     * @throws ProviderException of kind CONFIGURATION that names the setting which cannot work
     */
    public static CascadeSettings settings(ProviderConfig config) {
        CascadeSettings.Deadlines usual = DEFAULTS.deadlines();
        return CascadeSettings.builder()
                .waits(waits(config))
                .thresholds(speechThreshold(config), silenceThreshold(config))
                .prepareAnswers(config.flag("PREPARE_ANSWERS", DEFAULTS.prepareAnswers()))
                .deadlines(new CascadeSettings.Deadlines(
                        config.duration("STT_TIMEOUT", usual.transcript()),
                        config.duration("LLM_TIMEOUT", usual.firstText()),
                        usual.nextText(),
                        config.duration("TTS_TIMEOUT", usual.nextAudio()),
                        usual.detector()))
                .build();
    }

    static long cacheBytes(ProviderConfig config) {
        return (long) config.integer("TTS_CACHE_MB", DEFAULT_CACHE_MB, 0, 4_096) << 20;
    }

    private static Endpointer.Waits waits(ProviderConfig config) {
        Endpointer.Waits usual = DEFAULTS.waits();
        try {
            return new Endpointer.Waits(
                    config.duration("TURN_SILENCE", usual.complete()),
                    config.duration("TURN_SILENCE_UNDECIDED", usual.undecided()),
                    config.duration("TURN_SILENCE_UNFINISHED", usual.unfinished()),
                    config.duration("TURN_SILENCE_LONGEST", usual.longest()));
        } catch (IllegalArgumentException e) {
            throw new ProviderException(
                    ProviderException.Kind.CONFIGURATION,
                    "TURN_SILENCE, TURN_SILENCE_UNDECIDED, TURN_SILENCE_UNFINISHED and TURN_SILENCE_LONGEST: none may be"
                            + " longer than the next",
                    e);
        }
    }

    private static double speechThreshold(ProviderConfig config) {
        return config.number("VAD_SPEECH_THRESHOLD", DEFAULTS.speechThreshold(), 0, 1);
    }

    /** No higher than the one for speech, unless somebody says so. */
    private static double silenceThreshold(ProviderConfig config) {
        double speech = speechThreshold(config);
        return config.number("VAD_SILENCE_THRESHOLD", Math.min(DEFAULTS.silenceThreshold(), speech), 0, speech);
    }

    private static ConfigKey key(String name, String description, String defaultValue) {
        return ConfigKey.of(name, description, defaultValue);
    }
}
