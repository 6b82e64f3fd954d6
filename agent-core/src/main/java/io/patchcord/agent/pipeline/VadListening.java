package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.media.AudioPosition;
import io.patchcord.agent.media.LastWord;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.VadEngine;
import io.patchcord.agent.spi.VadSession;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Listens with a voice activity detector: it says when the caller speaks, a {@link Recognition} what, and a
 * {@link TurnFinder} makes turns of both. Confined to the call loop.
 */
final class VadListening implements Listening {

    private final CallLoop loop;
    private final TurnListener listener;
    private final Duration mostBehind;
    private final Recognition recognition;
    private final SpeechDetector detector;
    private final TurnFinder turns;
    private final ArrivalTimes arrivals = new ArrivalTimes();
    private final AudioFormat vadFormat;
    private final AudioConverter converter;
    private final LastWord lastWord;
    private final VadSession vad;
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
        this.loop = loop;
        this.listener = listener;
        this.mostBehind = settings.deadlines().detector();
        this.recognition = recognition;
        this.detector = new SpeechDetector(settings);
        this.vadFormat = vadEngine.inputFormat();
        this.converter = new AudioConverter(vadFormat);
        this.lastWord = new LastWord(vadFormat);
        this.turns = new TurnFinder(
                loop,
                settings,
                detector,
                recognition,
                position -> arrivals.arrivalOf(lastWord.endBefore(position), loop.nanoTime()),
                agentSaid,
                listener);
        try (Opening opening = new Opening()) {
            opening.onFailure(recognition::close);
            this.vad = vadEngine.open(loop, this::onWindow);
            opening.succeeded();
        }
    }

    @Override
    public void accept(AudioFrame frame) {
        if (closed) {
            return;
        }
        arrivals.add(frame.samples(), frame.format(), loop.nanoTime());
        recognition.accept(frame);
        AudioFrame converted = converter.convert(frame);
        lastWord.add(converted);
        vad.accept(converted);
        if (arrivals.end() - detector.judgedUpTo() > mostBehind.toNanos()) {
            listener.onDeaf(new ProviderException(
                    ProviderException.Kind.TIMEOUT, "the voice activity detector does not keep up with the call"));
        }
    }

    private void onWindow(float probability, long endSample) {
        if (!closed) {
            turns.onWindow(detector.onWindow(probability, AudioPosition.ofSamples(endSample, vadFormat)));
        }
    }

    @Override
    public void close() {
        closed = true;
        turns.close();
        vad.close();
        recognition.close();
    }
}
