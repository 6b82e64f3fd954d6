package io.patchcord.agent.spi;

/** Speech-to-speech: audio in, audio out, one session for each call. Thread-safe. */
public interface S2sEngine extends Engine {

    S2sCapabilities capabilities();

    /**
     * Opens the session of one call; called on the call loop and returns at once.
     *
     * @param listener called on the call loop only, and not before this method has returned
     * @throws ProviderException when refused at once; later trouble is a {@link S2sEvent.Failed}
     */
    S2sSession open(S2sRequest request, S2sListener listener);
}
