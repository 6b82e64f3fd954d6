package io.patchcord.agent.contract;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFrame;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Hands frames over on the loop at the speed of a telephone call. */
final class PacedSender {

    private final CallLoop loop;
    private final Duration ptime;
    private final Iterator<AudioFrame> frames;
    private final Consumer<AudioFrame> sink;
    private final CompletableFuture<Void> sent = new CompletableFuture<>();
    private long dueNanos;

    private PacedSender(CallLoop loop, Duration ptime, Iterator<AudioFrame> frames, Consumer<AudioFrame> sink) {
        this.loop = loop;
        this.ptime = ptime;
        this.frames = frames;
        this.sink = sink;
    }

    /** Starts at once; the result completes when the last frame has been handed over. */
    static CompletableFuture<Void> send(
            CallLoop loop, Duration ptime, Iterator<AudioFrame> frames, Consumer<AudioFrame> sink) {
        PacedSender sender = new PacedSender(loop, ptime, frames, sink);
        loop.execute(() -> {
            sender.dueNanos = loop.nanoTime();
            sender.next();
        });
        return sender.sent;
    }

    private void next() {
        if (!frames.hasNext()) {
            sent.complete(null);
            return;
        }
        sink.accept(frames.next());
        dueNanos += ptime.toNanos();
        loop.scheduleAt(dueNanos, this::next);
    }
}
