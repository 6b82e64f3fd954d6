package io.patchcord.provider.openai;

import io.patchcord.agent.loop.CallLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A timer that is wound up again each time something happens, and that runs out when nothing does. Confined to the call loop. */
final class Patience {

    private final CallLoop loop;
    private final Runnable runOut;
    private CallLoop.@Nullable Timer timer;

    Patience(CallLoop loop, Runnable runOut) {
        this.loop = loop;
        this.runOut = runOut;
    }

    void wind(Duration time) {
        stop();
        timer = loop.schedule(time, () -> {
            timer = null;
            runOut.run();
        });
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    boolean isRunning() {
        return timer != null;
    }
}
