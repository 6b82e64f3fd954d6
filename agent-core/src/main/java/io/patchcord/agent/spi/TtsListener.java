package io.patchcord.agent.spi;

import io.patchcord.agent.media.AudioFrame;

/** Receives the audio of clauses, on the call loop. */
public interface TtsListener {

    /** More audio of the clause, in order, of any length. */
    void onAudio(String clauseId, AudioFrame audio);

    /**
     * The same, of audio that is kept from before, so that it does not show that the voice works now. Whoever does not care
     * hears it as {@link #onAudio}.
     */
    default void onRemembered(String clauseId, AudioFrame audio) {
        onAudio(clauseId, audio);
    }

    /** The clause's audio is complete. */
    void onDone(String clauseId);

    /** The clause breaks off: BUSY when the pool is full, TIMEOUT when it took too long. */
    void onFailed(String clauseId, ProviderException error);
}
