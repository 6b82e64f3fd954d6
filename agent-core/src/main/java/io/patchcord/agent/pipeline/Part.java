package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.spi.ProviderException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of the caller's speech on its way to its words: pending, and then settled once, with a text or with an error. It
 * settles by itself when the deadline passes. Confined to the call loop.
 */
final class Part {

    private final CallLoop loop;
    private final Runnable onSettled;
    private final CallLoop.Timer deadline;
    private @Nullable String text;
    private @Nullable ProviderException error;
    private long settledAtNanos;
    private boolean abandoned;
    private Runnable onAbandoned = () -> {};

    /**
     * @param onSettled run once, unless the part is abandoned first
     */
    Part(CallLoop loop, Duration deadline, Runnable onSettled) {
        this.loop = loop;
        this.onSettled = onSettled;
        this.deadline = loop.schedule(
                deadline,
                () -> fail(new ProviderException(
                        ProviderException.Kind.TIMEOUT,
                        "the words of a segment were not known after " + deadline.toMillis() + " ms")));
    }

    /** What stops the work when its result is not wanted any more. */
    void onAbandoned(Runnable action) {
        onAbandoned = action;
    }

    void succeed(String words) {
        if (isOpen()) {
            text = words.strip();
            settle();
        }
    }

    void fail(ProviderException why) {
        if (isOpen()) {
            error = why;
            settle();
            onAbandoned.run();
        }
    }

    /** The result is not wanted any more. */
    void abandon() {
        if (isOpen()) {
            abandoned = true;
            deadline.cancel();
            onAbandoned.run();
        }
    }

    boolean isSettled() {
        return text != null || error != null;
    }

    /** The words; empty if there are none, or not yet. */
    String text() {
        return text == null ? "" : text;
    }

    @Nullable
    ProviderException error() {
        return error;
    }

    long settledAtNanos() {
        return settledAtNanos;
    }

    /** Whether its words are waited for. */
    boolean isOpen() {
        return !abandoned && !isSettled();
    }

    private void settle() {
        settledAtNanos = loop.nanoTime();
        deadline.cancel();
        onSettled.run();
    }
}
