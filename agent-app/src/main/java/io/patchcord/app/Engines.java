package io.patchcord.app;

import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.app.config.ConfigException;
import io.patchcord.app.config.ConfigProblem;
import io.patchcord.app.config.Configuration;
import io.patchcord.app.config.ProviderSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engines that the configuration asks for, by their providers' names; the first is the default. Thread-safe. */
final class Engines implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Engines.class);

    private final Map<String, S2sEngine> byName = new LinkedHashMap<>();

    private Engines() {}

    /**
     * Makes them, which loads models and may take seconds.
     *
     * @throws ConfigException if a setting of a provider cannot work
     */
    static Engines create(Configuration configuration, ProviderSettings settings) {
        Engines engines = new Engines();
        try {
            engines.add(configuration, settings);
            return engines;
        } catch (RuntimeException e) {
            engines.close();
            throw e;
        }
    }

    private void add(Configuration configuration, ProviderSettings settings) {
        List<ConfigProblem> problems = new ArrayList<>();
        for (String name : settings.chosen(configuration)) {
            long begin = System.nanoTime();
            try {
                S2sEngine engine = settings.create(name, configuration);
                byName.put(name, engine);
                Duration took = Duration.ofNanos(System.nanoTime() - begin);
                log.info("provider {} is ready after {} ms: {}", name, took.toMillis(), engine.description());
            } catch (ProviderException e) {
                if (e.kind() != ProviderException.Kind.CONFIGURATION) {
                    throw e;
                }
                problems.add(new ConfigProblem(
                        "provider " + name,
                        Optional.empty(),
                        configuration.place("AI_PROVIDER"),
                        configuration.withPlaces(String.valueOf(e.getMessage()))));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    Map<String, S2sEngine> byName() {
        return byName;
    }

    @Override
    public void close() {
        byName.values().forEach(S2sEngine::close);
    }
}
