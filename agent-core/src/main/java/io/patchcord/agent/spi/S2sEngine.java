package io.patchcord.agent.spi;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Speech-to-speech: audio in, audio out, one session for each call. Thread-safe. */
public interface S2sEngine extends Engine {

    S2sCapabilities capabilities();

    /**
     * Opens the session of one call; called on the call loop and returns at once. Audio that is sent before {@link
     * S2sEvent.Ready} may be lost.
     *
     * @param listener called on the call loop only, and not before this method has returned
     * @throws ProviderException when refused at once; later trouble is a {@link S2sEvent.Failed}
     */
    S2sSession open(S2sRequest request, S2sListener listener);

    /**
     * Makes sentences ready that will be said word for word, together with those that the engine knows itself, so that they
     * start without delay. Returns at once; calls can be taken meanwhile.
     *
     * @param voice in which they will be said, empty for the default
     * @param language as a BCP 47 tag
     * @return completes when all is done that can be done, and not with a failure: what could not be made ready is made
     *     when it is said
     */
    default CompletableFuture<Void> prepare(List<String> sentences, Optional<String> voice, String language) {
        return CompletableFuture.completedFuture(null);
    }
}
