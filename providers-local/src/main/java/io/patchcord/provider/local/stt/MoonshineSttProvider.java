package io.patchcord.provider.local.stt;

import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.SttEngine;
import io.patchcord.agent.spi.SttProvider;
import io.patchcord.provider.local.pool.JobPool;
import java.time.Duration;
import java.util.List;

/** Speech to text in process by Moonshine tiny (English), under the name {@code local}. */
public final class MoonshineSttProvider implements SttProvider {

    private static final String THREADS = "LOCAL_STT_THREADS";
    private static final String QUEUE = "LOCAL_STT_QUEUE";
    private static final String TIMEOUT = "LOCAL_STT_TIMEOUT";
    private static final int DEFAULT_QUEUE = 32;
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "local";
    }

    @Override
    public List<ConfigKey> configKeys() {
        return List.of(
                ConfigKey.of(THREADS, "threads for speech recognition: as many as cores, unless set", ""),
                ConfigKey.of(
                        QUEUE, "utterances that may wait for a thread before callers are told that we are busy", "32"),
                ConfigKey.of(TIMEOUT, "how long the recognition of an utterance may take, waiting included", "5s"));
    }

    @Override
    public SttEngine create(ProviderConfig config) {
        int threads = config.integer(THREADS, Runtime.getRuntime().availableProcessors(), 1, 256);
        int queue = config.integer(QUEUE, DEFAULT_QUEUE, 1, 10_000);
        Duration timeout = config.duration(TIMEOUT, DEFAULT_TIMEOUT);
        return new MoonshineSttEngine(new JobPool("patchcord-stt", threads, queue, timeout), threads);
    }
}
