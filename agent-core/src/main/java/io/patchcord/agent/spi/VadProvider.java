package io.patchcord.agent.spi;

/** A provider of voice activity detection, found by {@link java.util.ServiceLoader}. */
public interface VadProvider extends Provider {

    /**
     * Makes the engine; loads models and checks settings, and so may take seconds.
     *
     * @throws ProviderException of kind CONFIGURATION for settings that cannot work
     */
    VadEngine create(ProviderConfig config);
}
