package io.patchcord.agent.spi;

import java.util.List;

/** The dialogue of one call. Confined to the call loop; no method blocks. */
public interface LlmSession extends AutoCloseable {

    /**
     * Begins the answer to the last entry of the history: the caller's words, or a tool's result.
     *
     * @param listener called on the call loop only, not before this method has returned, and not after a cancel
     */
    Generation respond(List<ConversationItem> history, LlmListener listener);

    /** A key that the caller pressed; true if it changes the dialogue and {@link #respond} should be asked now. */
    default boolean onDtmf(char digit) {
        return false;
    }

    @Override
    void close();

    /** An answer on its way. */
    interface Generation {

        /** Makes no more of it. Idempotent. */
        void cancel();
    }
}
