package io.patchcord.agent.spi;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;

/** Recognises speech as it comes, one session for each call. Thread-safe. */
public non-sealed interface StreamingSttEngine extends SttEngine {

    /**
     * The format in which a session wants the audio of a call that comes in another. A service that takes G.711 as it is need
     * not have it converted; whoever has no choice leaves this alone.
     */
    default AudioFormat inputFormat(AudioFormat ofCall) {
        return inputFormat();
    }

    /** Whether its sessions say when the turn is over; otherwise a VAD decides. */
    boolean detectsTurns();

    /**
     * Opens the session of one call, on the call loop.
     *
     * @param language as a BCP 47 tag
     * @param listener called on the loop only
     * @throws ProviderException when refused at once
     */
    SttSession open(CallLoop loop, String language, SttListener listener);
}
