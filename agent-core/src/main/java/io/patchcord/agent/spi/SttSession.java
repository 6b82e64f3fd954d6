package io.patchcord.agent.spi;

import io.patchcord.agent.media.AudioFrame;

/** A stream of one call's speech to a recogniser. Confined to the call loop; no method blocks. */
public interface SttSession extends AutoCloseable {

    /** Audio in the engine's input format, silence included. */
    void sendAudio(AudioFrame frame);

    /** The turn is over by our own judgement: send the final words of what was heard so far. */
    void finish();

    @Override
    void close();
}
