package io.patchcord.agent.spi;

import io.patchcord.agent.media.AudioFrame;

/** The voice activity detector of one call. Confined to the call loop; no method blocks. */
public interface VadSession extends AutoCloseable {

    /** Audio in the engine's input format, frames of any length. */
    void accept(AudioFrame frame);

    /** Ends the session; the listener is not called any more. Idempotent; calls that come later are ignored. */
    @Override
    void close();
}
