package io.patchcord.agent.spi;

/** A provider of a speech-to-speech service, found by {@link java.util.ServiceLoader}. */
public interface S2sProvider extends Provider {

    /**
     * Makes the engine; loads models and checks settings, and so may take seconds.
     *
     * @throws ProviderException of kind CONFIGURATION for settings that cannot work
     */
    S2sEngine create(ProviderConfig config);
}
