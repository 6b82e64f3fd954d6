package io.patchcord.agent.spi;

/**
 * What a speech-to-speech engine can do; the core asks this and never for a name.
 *
 * @param say whether {@link S2sSession#say} speaks a given sentence word for word
 * @param tools whether the model can call tools
 * @param truncation whether history is cut to what was heard on {@link S2sSession#interrupt}
 */
public record S2sCapabilities(boolean say, boolean tools, boolean truncation) {}
