package io.patchcord.app;

import io.patchcord.agent.AgentProfile;
import io.patchcord.agent.pipeline.FailoverEngine;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.app.config.AppSettings;
import io.patchcord.app.config.ConfigException;
import io.patchcord.app.config.ConfigProblem;
import io.patchcord.app.config.Configuration;
import io.patchcord.app.config.ProviderSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine that the configuration asks for, loaded.
 *
 * @param name of the provider, as the dialplan may ask for it; with commas between them, those of several
 */
record LoadedProvider(String name, S2sEngine engine) implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LoadedProvider.class);
    private static final Duration CHECK_LIMIT = Duration.ofSeconds(10);
    private static final Duration PREPARE_LIMIT = Duration.ofMinutes(2);

    /**
     * Makes the engine, which loads models and may take seconds.
     *
     * @throws ConfigException if a setting of the provider cannot work
     */
    static LoadedProvider load(Configuration configuration, ProviderSettings settings) {
        String name = settings.chosen(configuration).orElseThrow(() -> new IllegalStateException("not checked"));
        long begin = System.nanoTime();
        try {
            S2sEngine engine = settings.create(name, configuration);
            log.info("provider {} loaded in {} ms: {}", name, millisSince(begin), engine.description());
            return new LoadedProvider(name, engine);
        } catch (ProviderException e) {
            if (e.kind() != ProviderException.Kind.CONFIGURATION) {
                throw e;
            }
            throw mistakes(String.valueOf(e.getMessage()), configuration);
        }
    }

    /**
     * Asks the services if they take their keys, unless that is switched off; waits for the answer some seconds at most.
     *
     * @return why that is not known; empty if they do, or are not asked
     * @throws ConfigException if one does not, and no other can stand in for it
     */
    Optional<String> checkKeys(Configuration configuration) {
        if (!configuration.get(AppSettings.CHECK_KEYS)) {
            return Optional.empty();
        }
        try {
            engine.check()
                    .orTimeout(CHECK_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            return Optional.empty();
        } catch (CompletionException e) {
            return Optional.of(reason(e, configuration));
        }
    }

    private String reason(CompletionException e, Configuration configuration) {
        if (e.getCause() instanceof TimeoutException) {
            return "no answer within " + CHECK_LIMIT.toSeconds() + " s";
        }
        ProviderException failure = ProviderException.of(e);
        String message = String.valueOf(failure.getMessage());
        if (failure.kind() == ProviderException.Kind.CONFIGURATION
                || failure.kind() == ProviderException.Kind.UNAUTHORIZED) {
            throw mistakes(message, configuration);
        }
        return message;
    }

    /** One for each line of what was said. */
    private static ConfigException mistakes(String message, Configuration configuration) {
        return new ConfigException(message.lines()
                .map(line -> ConfigProblem.told(configuration.withPlaces(line)))
                .toList());
    }

    /** The engine by each name for which the dialplan may ask, in the order of the names. */
    Map<String, S2sEngine> byName() {
        Map<String, S2sEngine> engines = new LinkedHashMap<>();
        for (String each : name.split(",", -1)) {
            boolean first = engines.isEmpty();
            boolean another = !first && engine instanceof FailoverEngine;
            engines.put(each, another ? ((FailoverEngine) engine).preferring(each) : engine);
        }
        return engines;
    }

    /** Makes ready what will be said word for word, the greeting above all; waits for it before calls are taken. */
    void prepare(AgentProfile profile) {
        long begin = System.nanoTime();
        List<String> sentences = Stream.concat(profile.greeting().stream(), Stream.of(profile.notConfigured()))
                .toList();
        engine.prepare(sentences, profile.voice(), profile.language())
                .completeOnTimeout(null, PREPARE_LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
        log.info("fixed sentences ready after {} ms", millisSince(begin));
    }

    private static long millisSince(long beginNanos) {
        return (System.nanoTime() - beginNanos) / 1_000_000;
    }

    @Override
    public void close() {
        engine.close();
    }
}
