package io.patchcord.agent.pipeline;

import io.patchcord.agent.media.AudioFrame;

/** The hearing side of a cascade: finds the caller's turns in the audio. Confined to the call loop. */
interface Listening {

    /** The caller's audio without gaps, in the format of the call. */
    void accept(AudioFrame frame);

    /** No listener is called any more. */
    void close();
}
