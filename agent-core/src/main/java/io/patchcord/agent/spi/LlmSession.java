package io.patchcord.agent.spi;

import java.util.List;

/** The dialogue of one call. Confined to the call loop; no method blocks. */
public interface LlmSession extends AutoCloseable {

    /**
     * Begins the answer to the last entry of the history: the caller's words, or a tool's result; or to the key of which
     * {@link #onDtmf} has just said that it matters.
     *
     * @param listener called on the call loop only, not before this method has returned, and not after a cancel
     */
    Generation respond(List<ConversationItem> history, LlmListener listener);

    /** A key that the caller pressed; true if it changes the dialogue and {@link #respond} should be asked now. */
    default boolean onDtmf(char digit) {
        return false;
    }

    /** Ends the dialogue and what it is generating; no listener is called any more. Idempotent. */
    @Override
    void close();

    /** An answer on its way. */
    interface Generation {

        /** Makes no more of it; what it said so far stands. Idempotent. */
        void cancel();

        /**
         * Makes no more of it, and forgets that it was asked for: the caller heard nothing of it, and a longer question
         * will follow. Whoever keeps a state of its own between answers takes it back to what it was before. Can also be
         * called when the answer is complete, as long as no other one was asked for. Idempotent.
         */
        default void discard() {
            cancel();
        }
    }
}
