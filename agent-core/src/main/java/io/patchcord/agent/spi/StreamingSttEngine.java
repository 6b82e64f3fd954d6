package io.patchcord.agent.spi;

import io.patchcord.agent.loop.CallLoop;

/** Recognises speech as it comes, one session for each call. Thread-safe. */
public non-sealed interface StreamingSttEngine extends SttEngine {

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
