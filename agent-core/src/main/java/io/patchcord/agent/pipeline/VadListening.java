package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.VadEngine;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Listens with a voice activity detector: it says when the caller speaks, a {@link Recognition} what, and a
 * {@link TurnFinder} makes turns of both. Confined to the call loop.
 */
final class VadListening implements Listening {

    private final TurnListener listener;
    private final Duration mostBehind;
    private final Recognition recognition;
    private final DetectedSpeech speech;
    private final TurnFinder turns;
    private boolean closed;

    /**
     * @param recognition closed with the listening
     * @param agentSaid the agent's last words
     */
    VadListening(
            CallLoop loop,
            CascadeSettings settings,
            VadEngine vadEngine,
            Recognition recognition,
            Supplier<String> agentSaid,
            TurnListener listener) {
        this.listener = listener;
        this.mostBehind = settings.deadlines().detector();
        this.recognition = recognition;
        try (Opening opening = new Opening()) {
            opening.onFailure(recognition::close);
            this.speech = new DetectedSpeech(loop, settings, vadEngine, this::onWindow);
            opening.succeeded();
        }
        this.turns = new TurnFinder(
                loop, settings, speech.detector(), recognition, speech::lastWordNanos, agentSaid, listener);
    }

    @Override
    public void accept(AudioFrame frame) {
        if (closed) {
            return;
        }
        recognition.accept(frame);
        speech.accept(frame);
        if (speech.isBehindBy(mostBehind)) {
            listener.onDeaf(new ProviderException(
                    ProviderException.Kind.TIMEOUT, "the voice activity detector does not keep up with the call"));
        }
    }

    private void onWindow(SpeechDetector.Change change) {
        turns.onWindow(change);
    }

    @Override
    public void close() {
        closed = true;
        turns.close();
        speech.close();
        recognition.close();
    }
}
