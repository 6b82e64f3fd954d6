package io.patchcord.provider.local.dialogue;

import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.LlmProvider;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.provider.local.pool.JobPool;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The scripted receptionist, under the name {@code local}; behind a language model if the user has a server with one.
 * Thread-safe.
 */
public final class ReceptionistProvider implements LlmProvider {

    private static final String FILE = "RECEPTIONIST_FILE";
    private static final String THREADS = "LOCAL_DIALOGUE_THREADS";
    private static final String QUEUE = "LOCAL_DIALOGUE_QUEUE";
    private static final String TIMEOUT = "LOCAL_DIALOGUE_TIMEOUT";

    private static final int DEFAULT_QUEUE = 64;
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

    @Override
    public String name() {
        return "local";
    }

    @Override
    public List<ConfigKey> configKeys() {
        List<ConfigKey> own = List.of(
                ConfigKey.of(FILE, "YAML file with what the receptionist knows: an example house, unless set", ""),
                ConfigKey.of(THREADS, "threads that find out what callers mean", "1"),
                ConfigKey.of(QUEUE, "sentences that may wait for them before callers are told that we are busy", "64"),
                ConfigKey.of(TIMEOUT, "how long one sentence may take, waiting included", "2s"));
        return Stream.concat(own.stream(), ModelSettings.KEYS.stream()).toList();
    }

    @Override
    public LlmEngine create(ProviderConfig config) {
        int threads = config.integer(THREADS, 1, 1, 64);
        int queue = config.integer(QUEUE, DEFAULT_QUEUE, 1, 10_000);
        Duration timeout = config.duration(TIMEOUT, DEFAULT_TIMEOUT);
        Optional<ModelSettings> model = ModelSettings.read(config);
        House house = config.get(FILE).map(HouseFile::read).orElseGet(HouseFile::inJar);
        JobPool pool = new JobPool("patchcord-dialogue", threads, queue, timeout);
        LlmEngine receptionist = new ReceptionistEngine(house, pool, Clock.systemUTC());
        return model.map(settings -> settings.before(receptionist, house)).orElse(receptionist);
    }
}
