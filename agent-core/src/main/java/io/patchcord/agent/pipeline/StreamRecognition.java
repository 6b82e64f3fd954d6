package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.StreamingSttEngine;
import io.patchcord.agent.spi.SttEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.StringJoiner;

/**
 * Sends all of the caller's audio to a streaming recogniser that does not find turns itself, and asks it for its final words
 * at each pause. Confined to the call loop.
 */
final class StreamRecognition implements Recognition {

    private final CallLoop loop;
    private final Duration deadline;
    private final TurnListener listener;
    private final Queue<Part> asked = new ArrayDeque<>();
    private final SttStream stream;
    private StringJoiner finals = new StringJoiner(" ");

    StreamRecognition(
            StreamingSttEngine engine,
            CallLoop loop,
            String language,
            CascadeSettings settings,
            TurnListener listener) {
        this.loop = loop;
        this.deadline = settings.deadlines().transcript();
        this.listener = listener;
        this.stream = new SttStream(
                engine, loop, language, settings.mostStreamFailures(), this::onEvent, listener::onDeaf, () -> {});
    }

    @Override
    public void accept(AudioFrame frame) {
        stream.sendAudio(frame);
    }

    /** The recogniser keeps the audio, not we. */
    @Override
    public void forgetBefore(long position) {}

    @Override
    public Part recognize(long from, long to, Runnable onSettled) {
        Part part = new Part(loop, deadline, onSettled);
        if (stream.finish()) {
            asked.add(part);
        } else {
            loop.execute(() -> part.fail(
                    new ProviderException(ProviderException.Kind.UNAVAILABLE, "the recogniser is being reconnected")));
        }
        return part;
    }

    @Override
    public boolean keepsParts() {
        return true;
    }

    @Override
    public void close() {
        stream.close();
    }

    private void onEvent(SttEvent event) {
        if (event instanceof SttEvent.Interim interim) {
            if (!interim.text().isBlank()) {
                listener.onInterim((finals + " " + interim.text()).strip());
            }
        } else if (event instanceof SttEvent.Final words) {
            finals.add(words.text());
        } else if (event instanceof SttEvent.EndOfTurn end) {
            finals = new StringJoiner(" ");
            Part part = asked.poll();
            if (part != null) {
                part.succeed(end.text());
            }
        } else if (event instanceof SttEvent.Failed failed) {
            finals = new StringJoiner(" ");
            Queue<Part> lost = new ArrayDeque<>(asked);
            asked.clear();
            lost.forEach(part -> part.fail(failed.error()));
        } else if (!(event instanceof SttEvent.SpeechStarted
                || event instanceof SttEvent.EagerEndOfTurn
                || event instanceof SttEvent.TurnResumed)) {
            throw new AssertionError(event);
        }
    }
}
