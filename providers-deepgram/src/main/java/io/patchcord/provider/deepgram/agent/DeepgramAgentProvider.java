package io.patchcord.provider.deepgram.agent;

import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sProvider;
import java.util.List;

/** Deepgram's Voice Agent, which hears, thinks and speaks: {@code --provider=deepgram}. Thread-safe. */
public final class DeepgramAgentProvider implements S2sProvider {

    @Override
    public String name() {
        return "deepgram";
    }

    @Override
    public List<ConfigKey> configKeys() {
        return AgentConfig.KEYS;
    }

    @Override
    public S2sEngine create(ProviderConfig config) {
        return new DeepgramAgentEngine(AgentConfig.read(config));
    }
}
