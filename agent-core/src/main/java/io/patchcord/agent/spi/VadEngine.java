package io.patchcord.agent.spi;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;

/** Voice activity detection. Thread-safe. */
public interface VadEngine extends Engine {

    /** The format it wants its audio in; the cascade converts. */
    AudioFormat inputFormat();

    /**
     * Opens the detector of one call.
     *
     * @param loop the session is used on it, and calls its listener on it
     */
    VadSession open(CallLoop loop, VadListener listener);
}
