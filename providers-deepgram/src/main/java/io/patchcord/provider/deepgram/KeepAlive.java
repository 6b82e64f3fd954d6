package io.patchcord.provider.deepgram;

import io.patchcord.agent.loop.CallLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that the service hears something now and then: after ten seconds without audio or a word Deepgram ends a
 * connection. Confined to the call loop.
 */
public final class KeepAlive {

    private final CallLoop loop;
    private final Duration interval;
    private final Runnable send;
    private long lastSentNanos;
    private CallLoop.@Nullable Timer timer;

    /**
     * @param interval at which the service is to hear something; the products want different ones
     * @param send sends something, while there is nothing else to send
     */
    public KeepAlive(CallLoop loop, Duration interval, Runnable send) {
        this.loop = loop;
        this.interval = interval;
        this.send = send;
    }

    /** Begins to count, anew if it did before. */
    public void start() {
        stop();
        sent();
        wakeIn(interval.toNanos());
    }

    /** The service has been sent something. */
    public void sent() {
        lastSentNanos = loop.nanoTime();
    }

    /** Sends no more. Idempotent. */
    public void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** One timer is enough: when it fires while audio flows, it only moves on. */
    private void wake() {
        long left = lastSentNanos + interval.toNanos() - loop.nanoTime();
        if (left <= 0) {
            start();
            send.run();
        } else {
            wakeIn(left);
        }
    }

    private void wakeIn(long nanos) {
        timer = loop.schedule(Duration.ofNanos(nanos), this::wake);
    }
}
