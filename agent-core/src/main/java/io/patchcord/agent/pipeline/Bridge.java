package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the caller hears instead of a long silence: a request to wait, soon when a provider has failed where it had to speak,
 * later when it may only be slow, and again when it lasts. Confined to the call loop.
 */
final class Bridge {

    private static final int PATIENCE = 4;
    private static final Duration AGAIN = Duration.ofSeconds(6);

    private final CallLoop loop;
    private final FailoverSettings settings;
    private final SpareVoice voice;
    private CallLoop.@Nullable Timer timer;
    private long dueNanos;

    Bridge(CallLoop loop, FailoverSettings settings, SpareVoice voice) {
        this.loop = loop;
        this.settings = settings;
        this.voice = voice;
    }

    /**
     * The caller waits for what will not come by itself.
     *
     * @param silentFrom when he will have heard what he hears now
     */
    void beginSoon(long silentFrom) {
        begin(silentFrom, settings.sentenceAfter());
    }

    /**
     * The caller waits for what should come, or for nothing in particular.
     *
     * @param silentFrom when he will have heard what he hears now
     */
    void begin(long silentFrom) {
        begin(silentFrom, settings.sentenceAfter().multipliedBy(PATIENCE));
    }

    /** Something is heard, or nothing needs to be. */
    void end() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void begin(long silentFrom, Duration after) {
        long due = silentFrom + after.toNanos();
        if (voice.isThere() && (timer == null || due - dueNanos < 0)) {
            end();
            dueNanos = due;
            timer = loop.scheduleAt(due, this::speak);
        }
    }

    private void speak() {
        timer = null;
        begin(loop.nanoTime(), AGAIN);
        if (!voice.isBusy()) {
            voice.say(settings.phrases().moment(), () -> {});
        }
    }
}
