package io.patchcord.agent.spi;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import java.util.Optional;

/** Text to speech. Thread-safe. */
public interface TtsEngine extends Engine {

    /** The format of what it makes; the core converts to the call's. */
    AudioFormat outputFormat();

    /**
     * Opens the voice of one call.
     *
     * @param loop the session is used on it, and calls its listener on it
     * @param voice name as the provider knows it, empty for its default
     * @throws ProviderException when refused at once
     */
    TtsSession open(CallLoop loop, Optional<String> voice, TtsListener listener);
}
