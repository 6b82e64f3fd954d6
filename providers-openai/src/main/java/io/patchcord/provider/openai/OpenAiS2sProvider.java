package io.patchcord.provider.openai;

import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.Providers;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sProvider;
import io.patchcord.agent.spi.VadEngine;
import io.patchcord.agent.spi.VadProvider;
import java.util.List;
import java.util.Optional;

/** OpenAI's Realtime API as the whole of a conversation: {@code --provider=openai}. */
public final class OpenAiS2sProvider implements S2sProvider {

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public List<ConfigKey> configKeys() {
        return RealtimeConfig.keys();
    }

    @Override
    public S2sEngine create(ProviderConfig config) {
        RealtimeSettings settings = RealtimeConfig.settings(config);
        Optional<VadEngine> vad = settings.listening().turns() instanceof TurnDetection.Ours
                ? Optional.of(detector().create(config))
                : Optional.empty();
        return new RealtimeEngine(
                settings, new NettySockets(settings.account(), settings.limits().setup()), vad);
    }

    private static VadProvider detector() {
        return Providers.onClassPath()
                .anyVad()
                .orElseThrow(
                        () -> new ProviderException(
                                Kind.CONFIGURATION,
                                RealtimeConfig.TURN_DETECTION
                                        + "=none: the agent has to find the ends of turns then, and no jar on"
                                        + " the class path brings a voice activity detector; write server_vad or semantic_vad"));
    }
}
