package io.patchcord.provider.openai;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.VadEngine;
import io.patchcord.agent.spi.VadSession;

/**
 * Finds the caller's turns with a detector of our own, which tells a pause sooner than the server does: a turn is over after a
 * silence of a given length. Confined to the call loop.
 */
final class OwnTurns {

    /** Less than this is a click. */
    private static final long SHORTEST_SPEECH_MS = 60;

    /** Between two sounds of a word it is as quiet as this. */
    private static final long PAUSE_MS = 150;

    /** Speech that was noticed goes on as long as the detector is not much less sure of it. */
    private static final double HYSTERESIS = 0.15;

    private final TurnDetection.Ours settings;
    private final CallerAudio audio;
    private final CurrentLink link;
    private final CallerTurns turns;
    private final AudioFormat format;
    private final AudioConverter converter;
    private final VadSession detector;
    private long judgedMs;
    private long speechMs;
    private long silenceMs;
    private boolean speaking;
    private boolean inTurn;
    private boolean closed;

    OwnTurns(
            CallLoop loop,
            VadEngine vad,
            TurnDetection.Ours settings,
            CallerAudio audio,
            CurrentLink link,
            CallerTurns turns) {
        this.settings = settings;
        this.audio = audio;
        this.link = link;
        this.turns = turns;
        this.format = vad.inputFormat();
        this.converter = new AudioConverter(format);
        this.detector = vad.open(loop, this::onWindow);
    }

    /** The same audio that the server is sent. */
    void accept(AudioFrame frame) {
        detector.accept(converter.convert(frame));
    }

    void close() {
        closed = true;
        detector.close();
    }

    private void onWindow(float probability, long endSample) {
        if (closed) {
            return;
        }
        long windowMs = endSample * 1000 / format.sampleRateHz() - judgedMs;
        judgedMs += windowMs;
        if (probability >= (speaking ? settings.threshold() - HYSTERESIS : settings.threshold())) {
            speechMs += windowMs;
            silenceMs = 0;
        } else {
            silenceMs += windowMs;
            speechMs = speaking ? speechMs : 0;
        }
        judge();
    }

    private void judge() {
        if (!speaking && speechMs >= SHORTEST_SPEECH_MS) {
            start();
        } else if (speaking && silenceMs >= PAUSE_MS) {
            speaking = false;
            speechMs = 0;
            turns.paused(place(judgedMs - silenceMs));
        } else if (inTurn && !speaking && silenceMs >= settings.pause().toMillis()) {
            inTurn = false;
            turns.commit();
        }
    }

    private void start() {
        speaking = true;
        long begin = place(Math.max(0, judgedMs - speechMs - settings.prefix().toMillis()));
        turns.started(begin);
        if (!inTurn) {
            inTurn = true;
            // What the server has heard since the last turn is silence, and would be billed with the turn.
            link.send(ClientEvents.clear());
            audio.resend(begin, audio.end());
        }
    }

    private long place(long ms) {
        return ms * audio.bytesPerMs();
    }
}
