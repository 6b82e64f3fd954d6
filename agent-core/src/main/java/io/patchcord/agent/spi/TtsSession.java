package io.patchcord.agent.spi;

/** The voice of one call: clauses are spoken in the order in which they were given. Confined to the call loop; no method blocks. */
public interface TtsSession extends AutoCloseable {

    /** Makes the clause's audio after that of the clauses before it. */
    void speak(String clauseId, String text);

    /** Forgets all clauses that are not done; nothing more is heard of them. */
    void cancel();

    @Override
    void close();
}
