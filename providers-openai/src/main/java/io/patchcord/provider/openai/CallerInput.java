package io.patchcord.provider.openai;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.media.GapFiller;
import io.patchcord.agent.spi.PressedKeys;
import org.jspecify.annotations.Nullable;

/**
 * What comes from the caller: audio, to the server and to a detector of our own if there is one, with silence where frames stop;
 * and keys, a whole number at a time. Confined to the call loop.
 */
final class CallerInput {

    private final CallerAudio audio;
    private final GapFiller gapFiller;
    private final PressedKeys keys;
    private final @Nullable OwnTurns ownTurns;

    /**
     * Takes nothing before it is told.
     *
     * @param format of the frames
     * @param ownTurns finds the turns; null if the server does
     */
    CallerInput(CallLoop loop, AudioFormat format, CallerAudio audio, CallerTurns turns, @Nullable OwnTurns ownTurns) {
        this.audio = audio;
        this.ownTurns = ownTurns;
        this.gapFiller = new GapFiller(loop, format, this::pass);
        this.keys = new PressedKeys(loop, told -> turns.typed(told, loop.nanoTime()));
    }

    void hear(AudioFrame frame) {
        gapFiller.accept(frame);
    }

    private void pass(AudioFrame frame) {
        audio.accept(frame);
        if (ownTurns != null) {
            ownTurns.accept(frame);
        }
    }

    void press(char key) {
        keys.press(key);
    }

    /** The session is ready: what was pressed is told. */
    void ready() {
        keys.ready();
    }

    /** Nothing comes any more. Idempotent. */
    void close() {
        gapFiller.close();
        keys.close();
        if (ownTurns != null) {
            ownTurns.close();
        }
    }
}
