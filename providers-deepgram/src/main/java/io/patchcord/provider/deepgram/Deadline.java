package io.patchcord.provider.deepgram;

import io.patchcord.agent.loop.CallLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something that happens when nothing else does in time; the last one that was set counts. Confined to the call loop. */
final class Deadline {

    private final CallLoop loop;
    private CallLoop.@Nullable Timer timer;

    Deadline(CallLoop loop) {
        this.loop = loop;
    }

    void set(Duration after, Runnable task) {
        cancel();
        timer = loop.schedule(after, task);
    }

    void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
