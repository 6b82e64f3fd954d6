package io.patchcord.provider.deepgram;

import io.patchcord.agent.media.AudioFrame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * What the caller said while the connection was being made. It is caught up with at 1.25 times the speed of speech, which is
 * what Deepgram allows; after that it is empty, and no frame waits any more. Confined to the call loop.
 */
final class Backlog {

    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int SPEED_PERCENT = 125;

    private final Queue<AudioFrame> frames = new ArrayDeque<>();
    private long nanos;
    private long allowance;

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** Keeps one more frame, and no more than ten seconds. */
    void add(AudioFrame frame) {
        frames.add(frame);
        nanos += frame.duration().toNanos();
        while (nanos > LONGEST.toNanos()) {
            next();
        }
    }

    /** Gives as much as may be sent in the time that a frame of this length takes. */
    void giveFor(Duration elapsed, Consumer<AudioFrame> sink) {
        allowance += elapsed.toNanos() * SPEED_PERCENT / 100;
        AudioFrame first = frames.peek();
        while (first != null && first.duration().toNanos() <= allowance) {
            allowance -= first.duration().toNanos();
            sink.accept(next());
            first = frames.peek();
        }
        if (first == null) {
            allowance = 0;
        }
    }

    void giveAll(Consumer<AudioFrame> sink) {
        while (!frames.isEmpty()) {
            sink.accept(next());
        }
        allowance = 0;
    }

    void clear() {
        frames.clear();
        nanos = 0;
        allowance = 0;
    }

    private AudioFrame next() {
        AudioFrame frame = frames.remove();
        nanos -= frame.duration().toNanos();
        return frame;
    }
}
