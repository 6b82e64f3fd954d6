package io.patchcord.provider.openai;

import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ProviderConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The settings of how a session hears the caller, which a conversation and a mere transcription have in common, each under
 * its own names. Immutable.
 */
final class ListeningConfig {

    private static final Duration ZERO = Duration.ZERO;
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final Duration DEFAULT_PREFIX = Duration.ofMillis(300);
    private static final Duration DEFAULT_SILENCE = Duration.ofMillis(500);
    private static final String DEFAULT_TRANSCRIPTION = "gpt-4o-mini-transcribe";
    private static final String OFF = "off";
    private static final List<String> DETECTIONS = List.of("server_vad", "semantic_vad", "none");

    private final boolean conversation;
    private final String detection;
    private final String threshold;
    private final String prefix;
    private final String silence;
    private final String eagerness;
    private final String idleTimeout;
    private final String noiseReduction;
    private final String model;
    private final String prompt;
    private final String language;

    private ListeningConfig(String names, boolean conversation) {
        this.conversation = conversation;
        this.detection = names + "TURN_DETECTION";
        this.threshold = names + "VAD_THRESHOLD";
        this.prefix = names + "VAD_PREFIX";
        this.silence = names + "VAD_SILENCE";
        this.eagerness = names + "EAGERNESS";
        this.idleTimeout = names + "IDLE_TIMEOUT";
        this.noiseReduction = names + "NOISE_REDUCTION";
        String transcription = conversation ? names + "TRANSCRIPTION_" : names;
        this.model = transcription + "MODEL";
        this.prompt = transcription + "PROMPT";
        this.language = transcription + "LANGUAGE";
    }

    static ListeningConfig ofConversation() {
        return new ListeningConfig("OPENAI_REALTIME_", true);
    }

    static ListeningConfig ofTranscription() {
        return new ListeningConfig("OPENAI_STT_", false);
    }

    List<ConfigKey> keys() {
        List<ConfigKey> keys = new ArrayList<>(List.of(
                ConfigKey.of(
                        detection,
                        "what ends a turn: server_vad, semantic_vad, or none for a detector of the agent's",
                        "server_vad"),
                ConfigKey.of(threshold, "how sure the detector must be of speech, 0 to 1", "0.5"),
                ConfigKey.of(prefix, "audio that is taken from before the speech", "300ms"),
                ConfigKey.of(silence, "silence that ends a turn, but for semantic_vad", "500ms"),
                ConfigKey.of(eagerness, "how soon semantic_vad ends a turn: auto, low, medium, high", "auto"),
                ConfigKey.of(noiseReduction, "off, near_field (handset) or far_field (loudspeaker)", OFF),
                ConfigKey.of(
                        model,
                        conversation
                                ? "model that writes down what the caller says, off for none"
                                : "model that writes down what the caller says in a cascade",
                        DEFAULT_TRANSCRIPTION),
                ConfigKey.of(prompt, "names and words that the caller may use", ""),
                ConfigKey.of(language, "language to write down, unless it is the call's", "")));
        if (conversation) {
            keys.add(ConfigKey.of(
                    idleTimeout, "silence after which server_vad lets the agent ask, 5s to 30s or off", OFF));
        }
        return List.copyOf(keys);
    }

    RealtimeSettings.Listening read(ProviderConfig config) {
        return new RealtimeSettings.Listening(
                turns(config),
                Optional.of(Choices.one(config, noiseReduction, List.of(OFF, "near_field", "far_field")))
                        .filter(kind -> !kind.equals(OFF)),
                transcription(config));
    }

    private TurnDetection turns(ProviderConfig config) {
        return switch (Choices.one(config, detection, DETECTIONS)) {
            case "semantic_vad" ->
                new TurnDetection.SemanticVad(Choices.one(config, eagerness, List.of("auto", "low", "medium", "high")));
            case "none" -> conversation ? ours(config) : new TurnDetection.None();
            default ->
                new TurnDetection.ServerVad(
                        config.number(threshold, 0.5, 0, 1),
                        Choices.duration(config, prefix, DEFAULT_PREFIX, ZERO, TEN_SECONDS),
                        Choices.duration(config, silence, DEFAULT_SILENCE, ZERO, TEN_SECONDS),
                        idleTimeout(config));
        };
    }

    private TurnDetection ours(ProviderConfig config) {
        return new TurnDetection.Ours(
                config.number(threshold, 0.5, 0, 1),
                Choices.duration(config, prefix, DEFAULT_PREFIX, ZERO, TEN_SECONDS),
                Choices.duration(config, silence, DEFAULT_SILENCE, ZERO, TEN_SECONDS));
    }

    private Optional<Duration> idleTimeout(ProviderConfig config) {
        if (!conversation || config.get(idleTimeout, OFF).equalsIgnoreCase(OFF)) {
            return Optional.empty();
        }
        return Optional.of(
                Choices.duration(config, idleTimeout, TEN_SECONDS, Duration.ofSeconds(5), Duration.ofSeconds(30)));
    }

    private Optional<RealtimeSettings.Transcription> transcription(ProviderConfig config) {
        String name = config.get(model, DEFAULT_TRANSCRIPTION);
        if (conversation && name.equalsIgnoreCase(OFF)) {
            return Optional.empty();
        }
        return Optional.of(new RealtimeSettings.Transcription(name, config.get(prompt), config.get(language)));
    }
}
