package io.patchcord.agent.spi;

import io.patchcord.agent.media.AudioFrame;

/** The voice activity detector of one call. Confined to the call loop; no method blocks. */
public interface VadSession extends AutoCloseable {

    /** Audio in the engine's input format, frames of any length. */
    void accept(AudioFrame frame);

    @Override
    void close();
}
