package io.patchcord.agent.spi;

import java.util.List;

/** What decides what the agent says: a language model, or a script. Thread-safe. */
public interface LlmEngine extends Engine {

    /** Opens the dialogue of one call, on the call loop. */
    LlmSession open(LlmRequest request);

    /**
     * Whether it goes on with an answer that was cut off when the caller asks for that, as a language model does. A script
     * does not.
     */
    default boolean goesOn() {
        return true;
    }

    /**
     * Whether keys that its session does not {@linkplain LlmSession#onDtmf act upon} by itself are told to it as words of the
     * caller's, see {@link PressedKeys}. A script has no use for them.
     */
    default boolean readsKeys() {
        return goesOn();
    }

    /** Sentences that it will say word for word, so that the voice can render them before the first call. */
    default List<String> fixedSentences() {
        return List.of();
    }

    /** The greeting to use when the profile has none of its own; empty if it does not matter. */
    default String greeting() {
        return "";
    }
}
