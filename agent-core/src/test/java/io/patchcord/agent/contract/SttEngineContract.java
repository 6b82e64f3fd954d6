package io.patchcord.agent.contract;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.SttEngine;
import java.time.Duration;

/** What both kinds of recogniser are tested with. */
public abstract class SttEngineContract<E extends SttEngine> extends EngineContract<E> {

    /** Clear speech in the engine's input format. */
    protected abstract AudioFrame speech();

    /** A word of {@link #speech}, in lower case, that the engine surely recognises. */
    protected abstract String spokenWord();

    protected final AudioFrame silence(Duration duration) {
        return AudioFrame.silence(engine().inputFormat(), duration);
    }
}
