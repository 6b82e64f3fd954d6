package io.patchcord.provider.deepgram;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Makes a recogniser's events of one session's messages. Confined to the call loop. */
interface ListenTurns {

    /** A new connection, on which the service counts its time and its messages from zero. */
    void connected();

    /** A message of the service; one that it does not know is passed over. */
    void read(JsonNode message);

    /** Whether no turn is under way. */
    boolean isQuiet();

    /**
     * The user judges that the turn is over.
     *
     * @return the message that asks for the rest of its words, empty if there is nothing to ask for
     */
    Optional<String> finish();

    /** The service did not answer: ends with what is known, once for each {@link #finish} that is still open. */
    void expire();
}
