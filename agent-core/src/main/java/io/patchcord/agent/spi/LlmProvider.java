package io.patchcord.agent.spi;

/** A provider of answers, from a language model or a script, found by {@link java.util.ServiceLoader}. */
public interface LlmProvider extends Provider {

    /**
     * Makes the engine; loads models and checks settings, and so may take seconds.
     *
     * @throws ProviderException of kind CONFIGURATION for settings that cannot work
     */
    LlmEngine create(ProviderConfig config);
}
