package io.patchcord.agent.spi;

/** A provider of text to speech, found by {@link java.util.ServiceLoader}. */
public interface TtsProvider extends Provider {

    /**
     * Makes the engine; loads models and checks settings, and so may take seconds.
     *
     * @throws ProviderException of kind CONFIGURATION for settings that cannot work
     */
    TtsEngine create(ProviderConfig config);
}
