package io.patchcord.provider.deepgram.agent;

import io.patchcord.agent.loop.CallLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that the service hears something every eight seconds, as Deepgram wants it: after ten without audio or a word it
 * ends the connection. Confined to the call loop.
 */
final class KeepAlive {

    private static final Duration INTERVAL = Duration.ofSeconds(8);

    private final CallLoop loop;
    private final Runnable send;
    private long lastSentNanos;
    private CallLoop.@Nullable Timer timer;

    KeepAlive(CallLoop loop, Runnable send) {
        this.loop = loop;
        this.send = send;
    }

    void start() {
        stop();
        audioSent();
        wakeIn(INTERVAL.toNanos());
    }

    void audioSent() {
        lastSentNanos = loop.nanoTime();
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** One timer is enough: when it fires while audio flows, it only moves on. */
    private void wake() {
        long left = lastSentNanos + INTERVAL.toNanos() - loop.nanoTime();
        if (left <= 0) {
            send.run();
            start();
        } else {
            wakeIn(left);
        }
    }

    private void wakeIn(long nanos) {
        timer = loop.schedule(Duration.ofNanos(nanos), this::wake);
    }
}
