package io.patchcord.app.testing;

import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sProvider;
import java.util.List;

/** A provider for tests of the program: beeps a greeting, and beeps when somebody has spoken. */
public final class ParrotProvider implements S2sProvider {

    @Override
    public String name() {
        return "parrot";
    }

    @Override
    public List<ConfigKey> configKeys() {
        return List.of(
                ConfigKey.secret("PARROT_KEY", "Opens the cage"),
                ConfigKey.of("PARROT_PITCH", "Of its beep in Hz", "440"));
    }

    @Override
    public S2sEngine create(ProviderConfig config) {
        return new ParrotEngine(config.integer("PARROT_PITCH", 440, 200, 2_000), config.get("PARROT_KEY", ""));
    }
}
