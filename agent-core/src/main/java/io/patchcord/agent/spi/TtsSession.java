package io.patchcord.agent.spi;

/** The voice of one call: clauses are spoken in the order in which they were given. Confined to the call loop; no method blocks. */
public interface TtsSession extends AutoCloseable {

    /**
     * Makes the clause's audio after that of the clauses before it. The listener is not called before this method has
     * returned. A clause with nothing to say in it is done without audio.
     *
     * @param clauseId not used before in this session
     */
    void speak(String clauseId, String text);

    /** Forgets all clauses that are not done; nothing more is heard of them. The session can speak on. Idempotent. */
    void cancel();

    /** Ends the session; nothing more is heard of it. Idempotent; calls that come later are ignored. */
    @Override
    void close();
}
