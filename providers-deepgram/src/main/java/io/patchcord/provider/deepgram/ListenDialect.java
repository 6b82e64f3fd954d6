package io.patchcord.provider.deepgram;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.SttEvent;
import java.util.Optional;
import java.util.function.Consumer;
import okhttp3.HttpUrl;

/** One of the two versions of Listen, as set: how it is addressed, kept alive and understood. Immutable. */
interface ListenDialect {

    String model();

    /** Whether it says when the turn is over. */
    boolean detectsTurns();

    /**
     * Where to connect for audio of this format.
     *
     * @param language of the call, as a BCP 47 tag
     * @throws ProviderException of kind CONFIGURATION if the model does not understand it
     */
    HttpUrl address(AudioFormat format, String language);

    /** What keeps a connection alive on which no audio flows; without it, silence does. */
    Optional<String> keepAlive();

    /**
     * The understanding of one session.
     *
     * @param out is told the events
     * @param control sends a message to the service
     */
    ListenTurns newTurns(Consumer<SttEvent> out, Consumer<String> control);
}
