package io.patchcord.agent.media;

import io.patchcord.agent.loop.CallLoop;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts silence where the caller's audio stops, as it does on hold, on mute and with silence suppression: so a turn ends by
 * the clock when no frame comes any more, and a streaming recogniser hears that nothing is said. Confined to the call loop.
 *
 * <p>The next frame is due when as much time has passed as the last one lasts, and a gap within the jitter of a network is left
 * alone. After some seconds nothing can wait for silence any more, and the filling ends until the next frame.
 */
public final class GapFiller {

    private static final Duration TOLERATED = Duration.ofMillis(120);
    private static final Duration STEP = Duration.ofMillis(40);
    private static final Duration LONGEST = Duration.ofSeconds(8);

    private final CallLoop loop;
    private final AudioFormat format;
    private final Consumer<AudioFrame> sink;
    private CallLoop.@Nullable Timer timer;
    private long dueNanos;
    private long filledUpToNanos;
    private boolean closed;

    /**
     * @param format of the frames
     * @param sink takes the caller's frames, and silence of any length between them
     */
    public GapFiller(CallLoop loop, AudioFormat format, Consumer<AudioFrame> sink) {
        this.loop = loop;
        this.format = format;
        this.sink = sink;
    }

    /** A frame of the caller's, passed on at once. */
    public void accept(AudioFrame frame) {
        filledUpToNanos = loop.nanoTime();
        dueNanos = filledUpToNanos + frame.duration().toNanos();
        if (timer == null && !closed) {
            wakeAt(dueNanos + TOLERATED.toNanos());
        }
        sink.accept(frame);
    }

    /** Fills no more. Idempotent. */
    public void close() {
        closed = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    /** One timer is enough: when it fires while frames come, it only moves on. */
    private void wake() {
        timer = null;
        if (closed) {
            return;
        }
        long now = loop.nanoTime();
        if (now - dueNanos < TOLERATED.toNanos()) {
            wakeAt(dueNanos + TOLERATED.toNanos());
        } else if (now - dueNanos < LONGEST.toNanos()) {
            wakeAt(now + STEP.toNanos());
            Duration missing = Duration.ofNanos(now - filledUpToNanos);
            filledUpToNanos = now;
            sink.accept(AudioFrame.silence(format, missing));
        }
    }

    private void wakeAt(long nanos) {
        timer = loop.scheduleAt(nanos, this::wake);
    }
}
