package io.patchcord.provider.deepgram.agent;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.provider.deepgram.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How the caller is listened to: by a Nova model (version 1 of Deepgram's listening) or by Flux (version 2), which are set up
 * differently.
 *
 * @param language instead of the call's; {@code multi} for several
 * @param keyterms words to listen for
 * @param smartFormat Nova only: numbers, dates and the like as they are written
 * @param endOfTurn Flux only: how sure it must be that the turn is over
 * @param eagerEndOfTurn Flux only: how sure it must be to begin with the answer
 * @param endOfTurnTimeout Flux only: silence after which the turn is over in any case
 */
record ListenConfig(
        String model,
        Optional<String> language,
        List<String> keyterms,
        boolean smartFormat,
        OptionalDouble endOfTurn,
        OptionalDouble eagerEndOfTurn,
        Optional<Duration> endOfTurnTimeout) {

    private static final String MODEL = "DEEPGRAM_AGENT_LISTEN_MODEL";
    private static final String LANGUAGE = "DEEPGRAM_AGENT_LANGUAGE";
    private static final String KEYTERMS = "DEEPGRAM_AGENT_KEYTERMS";
    private static final String SMART_FORMAT = "DEEPGRAM_AGENT_SMART_FORMAT";
    private static final String EOT = "DEEPGRAM_AGENT_EOT_THRESHOLD";
    private static final String EAGER_EOT = "DEEPGRAM_AGENT_EAGER_EOT_THRESHOLD";
    private static final String EOT_TIMEOUT = "DEEPGRAM_AGENT_EOT_TIMEOUT";
    private static final String DEFAULT_MODEL = "nova-3";
    private static final double DEFAULT_EOT = 0.7;
    private static final String SEVERAL = "multi";

    static final List<ConfigKey> KEYS = List.of(
            ConfigKey.of(MODEL, "model that listens in a Voice Agent: nova-3, flux-general-en, ...", DEFAULT_MODEL),
            ConfigKey.of(LANGUAGE, "language it listens for, if not the agent's; multi for several", ""),
            ConfigKey.of(KEYTERMS, "words and names it listens for, with commas between", ""),
            ConfigKey.of(SMART_FORMAT, "Nova: whether numbers, dates and the like are written as such", "false"),
            ConfigKey.of(EOT, "Flux: how sure it must be that the turn is over, 0.5 to 1 (0.7 by Deepgram)", ""),
            ConfigKey.of(EAGER_EOT, "Flux: how sure it must be to begin with the answer, 0.3 to 0.9", ""),
            ConfigKey.of(EOT_TIMEOUT, "Flux: silence that ends any turn (5s by Deepgram)", ""));

    static ListenConfig read(ProviderConfig config) {
        ListenConfig read = new ListenConfig(
                config.get(MODEL, DEFAULT_MODEL),
                config.get(LANGUAGE),
                Values.list(config, KEYTERMS),
                config.flag(SMART_FORMAT, false),
                Values.number(config, EOT, 0.5, 1),
                Values.number(config, EAGER_EOT, 0.3, 0.9),
                config.get(EOT_TIMEOUT)
                        .map(set -> Values.duration(
                                config, EOT_TIMEOUT, Duration.ZERO, Duration.ofMillis(500), Duration.ofSeconds(10))));
        for (String flux : List.of(EOT, EAGER_EOT, EOT_TIMEOUT)) {
            if (!read.isFlux() && config.get(flux).isPresent()) {
                throw Values.bad(flux + " is for Flux, and " + MODEL + " is " + read.model
                        + ": leave it out, or choose a model such as flux-general-en");
            }
        }
        if (read.isFlux() && read.smartFormat) {
            throw Values.bad(SMART_FORMAT + " is for Nova, and " + MODEL + " is " + read.model + ": leave it out");
        }
        if (read.eagerEndOfTurn.orElse(0) > read.endOfTurn.orElse(DEFAULT_EOT)) {
            throw Values.bad(EAGER_EOT + " may not be higher than " + EOT + " (" + DEFAULT_EOT + " unless set)");
        }
        return read;
    }

    boolean isFlux() {
        return model.startsWith("flux");
    }

    /** Whether answers begin before it is sure that the turn is over, and may be taken back. */
    boolean isEager() {
        return eagerEndOfTurn.isPresent();
    }

    /**
     * The {@code listen} of Settings.
     *
     * @param callLanguage as a BCP 47 tag
     */
    ObjectNode json(String callLanguage) {
        ObjectNode listen = Json.object();
        ObjectNode provider =
                listen.putObject("provider").put("type", "deepgram").put("model", model);
        if (isFlux()) {
            flux(provider, callLanguage);
        } else {
            provider.put("language", language.orElse(callLanguage));
            if (smartFormat) {
                provider.put("smart_format", true);
            }
        }
        if (!keyterms.isEmpty()) {
            ArrayNode terms = provider.putArray("keyterms");
            keyterms.forEach(terms::add);
        }
        return listen;
    }

    private void flux(ObjectNode provider, String callLanguage) {
        provider.put("version", "v2");
        String hint = language.orElse(callLanguage);
        if (model.endsWith(SEVERAL) && !hint.equals(SEVERAL)) {
            provider.putArray("language_hints").add(hint);
        }
        endOfTurn.ifPresent(value -> provider.put("eot_threshold", value));
        eagerEndOfTurn.ifPresent(value -> provider.put("eager_eot_threshold", value));
        endOfTurnTimeout.ifPresent(value -> provider.put("eot_timeout_ms", value.toMillis()));
    }
}
