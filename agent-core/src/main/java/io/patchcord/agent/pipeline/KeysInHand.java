package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.spi.PressedKeys;

/** The keys of a number that is being pressed, so that a session which takes over hears all of it. Confined to the call loop. */
final class KeysInHand {

    private final CallLoop loop;
    private final StringBuilder keys = new StringBuilder();
    private long lastNanos;

    KeysInHand(CallLoop loop) {
        this.loop = loop;
    }

    /** A session is told this key. */
    void press(char key) {
        if (loop.nanoTime() - lastNanos >= PressedKeys.PAUSE.toNanos()) {
            keys.setLength(0);
        }
        lastNanos = loop.nanoTime();
        if (key == '#') {
            keys.setLength(0);
        } else {
            keys.append(key);
        }
    }

    /** The session has made something of what was pressed. */
    void settled() {
        keys.setLength(0);
    }

    /** What was pressed of a number that may go on; no more than once. */
    String take() {
        String taken = loop.nanoTime() - lastNanos < PressedKeys.PAUSE.toNanos() ? keys.toString() : "";
        keys.setLength(0);
        return taken;
    }
}
