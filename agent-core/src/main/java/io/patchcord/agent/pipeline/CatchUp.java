package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFrame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands over the caller's audio: what was kept first, much faster than it was said and yet in portions, so that whoever
 * listens keeps up with it; and what comes meanwhile after that. Once it has caught up it passes each frame on at once.
 * Confined to the call loop.
 */
final class CatchUp {

    private static final Duration PORTION = Duration.ofMillis(500);
    private static final Duration STEP = Duration.ofMillis(20);

    private final CallLoop loop;
    private final Consumer<AudioFrame> sink;
    private final Queue<AudioFrame> waiting = new ArrayDeque<>();
    private CallLoop.@Nullable Timer timer;

    CatchUp(CallLoop loop, Consumer<AudioFrame> sink) {
        this.loop = loop;
        this.sink = sink;
    }

    /** Begins with what was kept. */
    void begin(List<AudioFrame> kept) {
        waiting.addAll(kept);
        step();
    }

    void accept(AudioFrame frame) {
        if (timer == null) {
            sink.accept(frame);
        } else {
            waiting.add(frame);
        }
    }

    /** Hands over no more. */
    void stop() {
        waiting.clear();
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void step() {
        Duration handedOver = Duration.ZERO;
        while (!waiting.isEmpty() && handedOver.compareTo(PORTION) < 0) {
            AudioFrame frame = waiting.remove();
            handedOver = handedOver.plus(frame.duration());
            sink.accept(frame);
        }
        timer = waiting.isEmpty() ? null : loop.schedule(STEP, this::step);
    }
}
