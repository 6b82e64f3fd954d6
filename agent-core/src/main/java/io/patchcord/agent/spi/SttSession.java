package io.patchcord.agent.spi;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;

/** A stream of one call's speech to a recogniser. Confined to the call loop; no method blocks. */
public interface SttSession extends AutoCloseable {

    /**
     * Audio, silence included, in one of the engine's {@linkplain StreamingSttEngine#inputFormat(AudioFormat) input formats},
     * the same in the whole session.
     */
    void sendAudio(AudioFrame frame);

    /**
     * The caller has paused by our own judgement: send the final words of what was heard since the turn began or since the
     * last such call, and then one {@link SttEvent.EndOfTurn} with all of them, empty if there were none. The session
     * goes on.
     */
    void finish();

    /** Ends the session; no event follows. Idempotent; calls that come later are ignored. */
    @Override
    void close();
}
