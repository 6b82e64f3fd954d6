package io.patchcord.agent.spi;

import io.patchcord.agent.loop.CallLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts together the keys that a caller presses, for models that read text: an account number is one message, and no ten. It is
 * complete after {@code #}, or when no key comes for {@link #PAUSE}. Confined to the call loop.
 */
public final class PressedKeys {

    /** Within this time the next key belongs to the same number; people look up from the paper they read it from. */
    public static final Duration PAUSE = Duration.ofSeconds(2);

    /** No number is longer; a key that sticks fills no memory. */
    private static final int MOST = 64;

    private final CallLoop loop;
    private final Consumer<String> onEntered;
    private final StringBuilder keys = new StringBuilder();
    private final Queue<String> early = new ArrayDeque<>();
    private CallLoop.@Nullable Timer timer;
    private boolean ready;

    /**
     * @param onEntered told on the loop what was pressed, as a sentence in the place of the caller's words, such as
     *     "(The caller pressed 4 2 # on the keypad.)"
     */
    public PressedKeys(CallLoop loop, Consumer<String> onEntered) {
        this.loop = loop;
        this.onEntered = onEntered;
    }

    /** The caller pressed this, {@code 0-9 * # A-D}. */
    public void press(char key) {
        stopTimer();
        keys.append(keys.isEmpty() ? "" : " ").append(key);
        if (key == '#' || keys.length() >= 2 * MOST - 1) {
            entered();
        } else {
            timer = loop.schedule(PAUSE, this::entered);
        }
    }

    /**
     * The session has told {@link S2sEvent.Ready}: from now on what is pressed is told, and what was pressed before is told
     * first.
     */
    public void ready() {
        ready = true;
        while (!early.isEmpty()) {
            onEntered.accept(early.remove());
        }
    }

    /** Tells no more. Idempotent. */
    public void close() {
        stopTimer();
        early.clear();
        keys.setLength(0);
    }

    private void entered() {
        timer = null;
        String pressed = keys.toString();
        keys.setLength(0);
        String told = "(The caller pressed " + pressed + " on the keypad.)";
        if (ready) {
            onEntered.accept(told);
        } else {
            early.add(told);
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
