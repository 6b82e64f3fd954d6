package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFrame;
import java.util.function.Consumer;

/**
 * The caller's audio on its way to whoever listens. What nobody has made words of yet is kept, so that whoever listens next
 * hears it first. Confined to the call loop.
 */
final class LastingAudio {

    private final CallLoop loop;
    private final CallerAudio kept;
    private final CatchUp catchUp;

    /**
     * @param sink passes a frame on to whoever listens now
     */
    LastingAudio(CallLoop loop, Consumer<AudioFrame> sink) {
        this.loop = loop;
        this.kept = new CallerAudio(loop.nanoTime());
        this.catchUp = new CatchUp(loop, sink);
    }

    void accept(AudioFrame frame) {
        kept.add(frame, loop.nanoTime());
        catchUp.accept(frame);
    }

    /** The caller began to speak. */
    void speechStarted() {
        kept.speechStarted(loop.nanoTime());
    }

    /** The caller's turn is over; it is kept until it {@linkplain #settled is settled}. */
    void turnEnded() {
        kept.turnEnded(loop.nanoTime());
    }

    /**
     * The words of the last turn are known, or it was answered.
     *
     * @param speaking whether the caller speaks again
     */
    void settled(boolean speaking) {
        kept.settled(speaking);
    }

    /** Whether there is speech in it that nobody has made words of. */
    boolean holdsSpeech() {
        return kept.holdsSpeech();
    }

    /** Nobody listens from now on. */
    void deaf() {
        catchUp.stop();
        kept.deaf(loop.nanoTime());
    }

    /** Somebody else listens: he hears first what was kept, faster than it was said, and then what comes meanwhile. */
    void hearAgain() {
        catchUp.stop();
        catchUp.begin(kept.heardAgain(loop.nanoTime()));
    }

    /** Somebody listens whom the caller's words before that would only interrupt: he hears none of them. */
    void passOver() {
        kept.passedOver(loop.nanoTime());
    }

    /** Passes no more on of what was kept. */
    void close() {
        catchUp.stop();
    }
}
