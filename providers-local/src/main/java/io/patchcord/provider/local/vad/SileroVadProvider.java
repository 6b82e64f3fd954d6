package io.patchcord.provider.local.vad;

import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.VadEngine;
import io.patchcord.agent.spi.VadProvider;
import java.util.List;

/** Voice activity detection in process by Silero v6, under the name {@code local}. */
public final class SileroVadProvider implements VadProvider {

    private static final String THREADS = "LOCAL_VAD_THREADS";

    @Override
    public String name() {
        return "local";
    }

    @Override
    public List<ConfigKey> configKeys() {
        return List.of(ConfigKey.of(
                THREADS, "threads for voice activity detection: 2, or 1 on a single core, unless set", ""));
    }

    @Override
    public VadEngine create(ProviderConfig config) {
        int cores = Runtime.getRuntime().availableProcessors();
        return new SileroVadEngine(config.integer(THREADS, Math.min(2, cores), 1, 64));
    }
}
