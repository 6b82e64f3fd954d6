package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.media.AudioPosition;
import io.patchcord.agent.media.LastWord;
import io.patchcord.agent.spi.VadEngine;
import io.patchcord.agent.spi.VadSession;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The caller's speech as a voice activity detector finds it, and when its end was received. Confined to the call loop.
 */
final class DetectedSpeech {

    private final CallLoop loop;
    private final SpeechDetector detector;
    private final ArrivalTimes arrivals = new ArrivalTimes();
    private final AudioFormat format;
    private final AudioConverter converter;
    private final LastWord lastWord;
    private final Consumer<SpeechDetector.Change> onWindow;
    private final VadSession vad;
    private boolean closed;

    /**
     * @param onWindow told what each window has changed
     */
    DetectedSpeech(
            CallLoop loop, CascadeSettings settings, VadEngine engine, Consumer<SpeechDetector.Change> onWindow) {
        this.loop = loop;
        this.detector = new SpeechDetector(settings);
        this.format = engine.inputFormat();
        this.converter = new AudioConverter(format);
        this.lastWord = new LastWord(format);
        this.onWindow = onWindow;
        this.vad = engine.open(loop, this::judge);
    }

    /** The caller's audio without gaps, in the format of the call. */
    void accept(AudioFrame frame) {
        arrivals.add(frame.samples(), frame.format(), loop.nanoTime());
        AudioFrame converted = converter.convert(frame);
        lastWord.add(converted);
        vad.accept(converted);
    }

    private void judge(float probability, long endSample) {
        if (!closed) {
            onWindow.accept(detector.onWindow(probability, AudioPosition.ofSamples(endSample, format)));
        }
    }

    SpeechDetector detector() {
        return detector;
    }

    /** When the last word was received before the place where the detector saw speech end, by the loop's clock. */
    long lastWordNanos(long endOfSpeech) {
        return arrivals.arrivalOf(lastWord.endBefore(endOfSpeech), loop.nanoTime());
    }

    /**
     * Whether the detector does not keep up: it has not judged more audio than this, and for longer than this, as audio may come
     * faster than it was said.
     */
    boolean isBehindBy(Duration most) {
        long judged = detector.judgedUpTo();
        if (arrivals.end() - judged <= most.toNanos()) {
            return false;
        }
        long now = loop.nanoTime();
        return now - arrivals.arrivalOf(judged + 1, now) > most.toNanos();
    }

    void close() {
        closed = true;
        vad.close();
    }
}
