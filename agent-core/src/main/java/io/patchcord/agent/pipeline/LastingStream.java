package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.StreamingSttEngine;
import io.patchcord.agent.spi.SttListener;
import java.util.function.Consumer;

/**
 * A stream to a recogniser that finds turns itself: when it breaks and another is opened, that one hears again what was not
 * understood yet. Confined to the call loop.
 */
final class LastingStream {

    private final CallLoop loop;
    private final CallerAudio audio;
    private final CatchUp catchUp;
    private final SttStream stream;

    /**
     * @param listener told of failures, too; the stream goes on after them
     * @param onGone told when it does not
     * @throws ProviderException if the engine refuses
     */
    LastingStream(
            StreamingSttEngine engine,
            CallLoop loop,
            String language,
            int mostFailures,
            SttListener listener,
            Consumer<ProviderException> onGone) {
        this.loop = loop;
        this.audio = new CallerAudio(loop.nanoTime());
        this.catchUp = new CatchUp(loop, this::pass);
        this.stream = new SttStream(engine, loop, language, mostFailures, listener, onGone, this::hearAgain);
    }

    void accept(AudioFrame frame) {
        audio.add(frame, loop.nanoTime());
        catchUp.accept(frame);
    }

    private void pass(AudioFrame frame) {
        stream.sendAudio(frame);
    }

    private void hearAgain() {
        catchUp.begin(audio.heardAgain(loop.nanoTime()));
    }

    /** There is sound, long before its words are told perhaps. What was before it was no turn. */
    void soundBegan() {
        audio.settled(false);
        audio.speechStarted(loop.nanoTime());
    }

    void turnBegan() {
        audio.speechStarted(loop.nanoTime());
    }

    void turnEnded() {
        audio.turnEnded(loop.nanoTime());
        audio.settled(false);
    }

    /**
     * The stream has broken.
     *
     * @param idle whether the caller has said nothing that is not understood
     */
    void broke(boolean idle) {
        catchUp.stop();
        if (idle) {
            audio.settled(false);
        }
        audio.deaf(loop.nanoTime());
    }

    /** Whether another is opened after the break that has just been told. */
    boolean goesOn() {
        return stream.goesOn();
    }

    void close() {
        catchUp.stop();
        stream.close();
    }
}
