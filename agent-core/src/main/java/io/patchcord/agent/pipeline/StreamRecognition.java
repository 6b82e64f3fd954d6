package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.media.AudioPosition;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.StreamingSttEngine;
import io.patchcord.agent.spi.SttEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.StringJoiner;

/**
 * Sends all of the caller's audio to a streaming recogniser that does not find turns itself, and asks it for its final words
 * at each pause. When its stream breaks or does not answer, and another is opened, that one hears again what has brought no
 * words yet, and is asked for the same. Confined to the call loop.
 */
final class StreamRecognition implements Recognition {

    private static final long PIECE_NANOS = Duration.ofMillis(100).toNanos();

    private final CallLoop loop;
    private final Duration deadline;
    private final TurnListener listener;
    private final Queue<Asked> asked = new ArrayDeque<>();
    private final SttStream stream;
    private final SegmentBuffer audio;
    private final AudioFormat format;
    private StringJoiner finals = new StringJoiner(" ");
    private long samples;
    private long withoutWordsFrom;

    /** A part whose words are not known yet, and what had been sent when they were asked for. */
    private record Asked(Part part, long to) {}

    /**
     * @param format of the call
     */
    StreamRecognition(
            StreamingSttEngine engine,
            CallLoop loop,
            String language,
            AudioFormat format,
            CascadeSettings settings,
            TurnListener listener) {
        this.loop = loop;
        this.format = format;
        this.audio = new SegmentBuffer(format);
        this.deadline = settings.deadlines().transcript();
        this.listener = listener;
        this.stream = new SttStream(
                engine,
                loop,
                language,
                settings.mostStreamFailures(),
                this::onEvent,
                listener::onDeaf,
                this::hearAgain);
    }

    @Override
    public void accept(AudioFrame frame) {
        samples += frame.samples();
        audio.add(frame);
        stream.sendAudio(frame);
    }

    @Override
    public void forgetBefore(long position) {
        if (asked.stream().noneMatch(each -> each.part.isOpen())) {
            hadWordsUpTo(position);
        }
    }

    private void hadWordsUpTo(long position) {
        withoutWordsFrom = Math.max(withoutWordsFrom, position);
        audio.forgetBefore(withoutWordsFrom);
    }

    /** The words of all that was sent, which with a detector that is late is more than was asked for. */
    @Override
    public Part recognize(long from, long to, Runnable onSettled) {
        Part part = new Part(loop, deadline, onSettled);
        part.onAbandoned(() -> giveUpIfLate(part));
        asked.add(new Asked(part, sentUpTo()));
        stream.finish();
        return part;
    }

    /** An answer that never comes would have each later one taken for that to the question before. */
    private void giveUpIfLate(Part part) {
        ProviderException late = part.error();
        if (late != null) {
            stream.giveUp(late);
        }
    }

    private long sentUpTo() {
        return AudioPosition.ofSamples(samples, format);
    }

    private void hearAgain() {
        while (!asked.isEmpty() && !asked.element().part.isOpen()) {
            hadWordsUpTo(asked.remove().to);
        }
        long from = withoutWordsFrom;
        for (Asked each : List.copyOf(asked)) {
            sendAgain(from, each.to);
            stream.finish();
            from = each.to;
        }
        sendAgain(from, sentUpTo());
    }

    /** In pieces such as a call may bring; an empty one could mean the end of the stream. */
    private void sendAgain(long from, long to) {
        for (long at = from; at < to; at += PIECE_NANOS) {
            AudioFrame piece = audio.cut(at, Math.min(at + PIECE_NANOS, to));
            if (piece.samples() > 0) {
                stream.sendAudio(piece);
            }
        }
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
            Asked answered = asked.poll();
            if (answered != null) {
                hadWordsUpTo(answered.to);
                answered.part.succeed(end.text());
            }
        } else if (event instanceof SttEvent.Failed) {
            finals = new StringJoiner(" ");
            if (!stream.goesOn()) {
                asked.forEach(each -> each.part.abandon());
                asked.clear();
            }
        } else if (!(event instanceof SttEvent.SpeechStarted
                || event instanceof SttEvent.EagerEndOfTurn
                || event instanceof SttEvent.TurnResumed)) {
            throw new AssertionError(event);
        }
    }
}
