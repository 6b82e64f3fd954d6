package io.patchcord.provider.deepgram;

import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.SttEngine;
import io.patchcord.agent.spi.SttProvider;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Deepgram's recognisers as the ears of a cascade: {@code --stt=deepgram}. A model whose name begins with {@code flux-} is one
 * of Listen v2, any other one of v1. Thread-safe.
 */
public final class DeepgramSttProvider implements SttProvider {

    private static final String MODEL = "DEEPGRAM_STT_MODEL";
    private static final String LANGUAGE = "DEEPGRAM_STT_LANGUAGE";
    private static final String KEYTERMS = "DEEPGRAM_STT_KEYTERMS";
    private static final String ENDPOINTING = "DEEPGRAM_STT_ENDPOINTING";
    private static final String UTTERANCE_END = "DEEPGRAM_STT_UTTERANCE_END";
    private static final String SMART_FORMAT = "DEEPGRAM_STT_SMART_FORMAT";
    private static final String END_THRESHOLD = "DEEPGRAM_STT_EOT_THRESHOLD";
    private static final String EAGER_THRESHOLD = "DEEPGRAM_STT_EAGER_EOT_THRESHOLD";
    private static final String END_TIMEOUT = "DEEPGRAM_STT_EOT_TIMEOUT";
    private static final String OFF = "off";
    private static final String DEFAULT_MODEL = "nova-3";
    private static final double DEFAULT_END_THRESHOLD = 0.7;
    private static final double DEFAULT_EAGER_THRESHOLD = 0.5;

    @Override
    public String name() {
        return "deepgram";
    }

    @Override
    public List<ConfigKey> configKeys() {
        return Stream.concat(DeepgramAccount.KEYS.stream(), keys().stream()).toList();
    }

    private static List<ConfigKey> keys() {
        return List.of(
                ConfigKey.of(MODEL, "recogniser in a cascade; a flux- one finds turns by what is said", DEFAULT_MODEL),
                ConfigKey.of(LANGUAGE, "language to recognise instead of the call's; multi for several", ""),
                ConfigKey.of(KEYTERMS, "words that are likely to be said, with commas between them", ""),
                ConfigKey.of(
                        ENDPOINTING, "silence that ends a turn, or off to let a detector decide; not flux-", "300ms"),
                ConfigKey.of(UTTERANCE_END, "gap between words that ends a turn in noise; not flux-", "1s"),
                ConfigKey.of(SMART_FORMAT, "write numbers and dates as such, somewhat later; not flux-", "false"),
                ConfigKey.of(END_THRESHOLD, "confidence that ends a turn, 0.5 to 1; flux- only", "0.7"),
                ConfigKey.of(
                        EAGER_THRESHOLD,
                        "lower confidence at which the answer is prepared, 0.3 to 0.9, or off; flux- only",
                        "0.5"),
                ConfigKey.of(END_TIMEOUT, "silence that ends a turn in any case; flux- only", "5s"),
                DeepgramAccount.OPT_OUT);
    }

    @Override
    public SttEngine create(ProviderConfig config) {
        DeepgramAccount account = DeepgramAccount.of(config);
        String model = config.get(MODEL, DEFAULT_MODEL);
        ListenDialect dialect = model.startsWith("flux-")
                ? new FluxDialect(account, flux(config, model))
                : new NovaDialect(account, nova(config, model));
        return new DeepgramSttEngine(account, dialect);
    }

    private static NovaSettings nova(ProviderConfig config, String model) {
        boolean off = config.get(ENDPOINTING, "").equalsIgnoreCase(OFF);
        return new NovaSettings(
                model,
                config.get(LANGUAGE),
                keyterms(config),
                off ? Optional.empty() : Optional.of(duration(config, ENDPOINTING, 300, 10, 5_000)),
                // Below a second it never comes before the results that it is derived from.
                duration(config, UTTERANCE_END, 1_000, 1_000, 5_000),
                config.flag(SMART_FORMAT, false),
                DeepgramAccount.optsOut(config));
    }

    private static FluxSettings flux(ProviderConfig config, String model) {
        double end = config.number(END_THRESHOLD, DEFAULT_END_THRESHOLD, 0.5, 1);
        return new FluxSettings(
                model,
                config.get(LANGUAGE),
                keyterms(config),
                end,
                eager(config, end),
                duration(config, END_TIMEOUT, 5_000, 500, 10_000),
                DeepgramAccount.optsOut(config));
    }

    /** No higher than the other one, or it would come after it. */
    private static OptionalDouble eager(ProviderConfig config, double end) {
        if (config.get(EAGER_THRESHOLD, "").equalsIgnoreCase(OFF)) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(config.number(EAGER_THRESHOLD, DEFAULT_EAGER_THRESHOLD, 0.3, Math.min(0.9, end)));
    }

    private static List<String> keyterms(ProviderConfig config) {
        return Stream.of(config.get(KEYTERMS, "").split(","))
                .map(String::strip)
                .filter(term -> !term.isEmpty())
                .toList();
    }

    private static Duration duration(ProviderConfig config, String name, int usualMs, int minMs, int maxMs) {
        Duration duration = config.duration(name, Duration.ofMillis(usualMs));
        if (duration.toMillis() < minMs || duration.toMillis() > maxMs) {
            throw new ProviderException(
                    Kind.CONFIGURATION,
                    name + "=" + duration.toMillis() + "ms: write a duration from " + minMs + "ms to " + maxMs + "ms");
        }
        return duration;
    }
}
