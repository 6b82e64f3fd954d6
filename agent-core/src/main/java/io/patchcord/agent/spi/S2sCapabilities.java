package io.patchcord.agent.spi;

/**
 * What a speech-to-speech engine can do; the core asks this and never for a name.
 *
 * @param say whether {@link S2sSession#say} speaks a given sentence word for word
 * @param tools whether the model can call tools
 * @param truncation whether history is cut to what was heard on {@link S2sSession#interrupt}
 * @param goesOn whether the model, when a history ends with an answer that was cut off and a request to go on, goes on
 *     where it stopped; a language model does, a script does not
 * @param greets whether a session finds a greeting itself when the request has none ({@link S2sRequest#greeting} is empty)
 *     and no history
 */
public record S2sCapabilities(boolean say, boolean tools, boolean truncation, boolean goesOn, boolean greets) {

    /** Of an engine that says no greeting but the one that it is given. */
    public S2sCapabilities(boolean say, boolean tools, boolean truncation, boolean goesOn) {
        this(say, tools, truncation, goesOn, false);
    }

    /** Of an engine with a language model, which can be asked to go on, and that says no greeting but the one it is given. */
    public S2sCapabilities(boolean say, boolean tools, boolean truncation) {
        this(say, tools, truncation, true);
    }
}
