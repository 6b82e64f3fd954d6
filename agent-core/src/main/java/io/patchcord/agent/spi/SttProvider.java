package io.patchcord.agent.spi;

/** A provider of speech to text, found by {@link java.util.ServiceLoader}. */
public interface SttProvider extends Provider {

    /**
     * Makes the engine; loads models and checks settings, and so may take seconds.
     *
     * @throws ProviderException of kind CONFIGURATION for settings that cannot work
     */
    SttEngine create(ProviderConfig config);
}
