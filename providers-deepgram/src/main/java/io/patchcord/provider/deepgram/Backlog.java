package io.patchcord.provider.deepgram;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFrame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The caller's audio on its way to a connection: what was said while that was being made, or in a turn that another one lost, is
 * caught up with at 1.25 times the speed of speech, by the clock, which is the most that Deepgram allows. A frame of a call that has
 * caught up goes out at once. Confined to the call loop.
 */
final class Backlog {

    /** As much as a turn is remembered for whoever hears it anew, here, by the Voice Agent and by the core. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Goes out with the opening; no longer than what Deepgram takes as one message. */
    static final Duration FIRST_PIECE = Duration.ofMillis(80);

    private static final int SPEED_PERCENT = 125;

    /** Where a call's network is slow, its frames come late and then several at once. */
    private static final long MOST_CREDIT = Duration.ofMillis(500).toNanos();

    private final CallLoop loop;
    private final Consumer<AudioFrame> connection;
    private final Queue<AudioFrame> frames = new ArrayDeque<>();
    private final Queue<Later> later = new ArrayDeque<>();
    private CallLoop.@Nullable Timer timer;
    private long nanos;
    private long added;
    private long gone;
    private long credit;
    private long countedNanos;
    private boolean open;

    /** A task that waits until so many frames have gone. */
    private record Later(long frames, Runnable task) {}

    /**
     * @param connection takes a frame when its time has come
     */
    Backlog(CallLoop loop, Consumer<AudioFrame> connection) {
        this.loop = loop;
        this.connection = connection;
    }

    /** Sends the frame when it is its turn, which may be at once. Of what waits, the last half a minute is kept. */
    void add(AudioFrame frame) {
        frames.add(frame);
        added++;
        nanos += frame.duration().toNanos();
        while (nanos > LONGEST.toNanos()) {
            next();
        }
        pass();
    }

    /** Runs the task when all audio so far has gone, which may be at once. */
    void after(Runnable task) {
        later.add(new Later(added, task));
        pass();
    }

    /** There is a connection now. */
    void open() {
        open = true;
        credit = FIRST_PIECE.toNanos();
        countedNanos = loop.nanoTime();
        pass();
    }

    /** There is no connection any more; what waited for it is forgotten. */
    void clear() {
        open = false;
        frames.clear();
        later.clear();
        nanos = 0;
        gone = added;
        stopTimer();
    }

    private void pass() {
        if (!open) {
            return;
        }
        earn();
        AudioFrame first = frames.peek();
        while (first != null && credit >= price(first)) {
            credit -= first.duration().toNanos();
            connection.accept(next());
            first = frames.peek();
        }
        while (!later.isEmpty() && later.element().frames <= gone) {
            later.remove().task.run();
        }
        stopTimer();
        if (first != null) {
            long missing = price(first) - credit;
            timer = loop.schedule(Duration.ofNanos(missing * 100 / SPEED_PERCENT + 1), this::pass);
        }
    }

    private void earn() {
        long now = loop.nanoTime();
        credit = Math.min(MOST_CREDIT, credit + (now - countedNanos) * SPEED_PERCENT / 100);
        countedNanos = now;
    }

    /** A frame that is longer than what can be saved up goes out on credit. */
    private static long price(AudioFrame frame) {
        return Math.min(MOST_CREDIT, frame.duration().toNanos());
    }

    private AudioFrame next() {
        AudioFrame frame = frames.remove();
        nanos -= frame.duration().toNanos();
        gone++;
        return frame;
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
