package io.patchcord.agent.pipeline.standby;

import io.patchcord.agent.loop.CallLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something that has to happen within a time, which can begin anew. Confined to the call loop. */
public final class Deadline {

    private final CallLoop loop;
    private final Duration time;
    private final Runnable onMissed;
    private CallLoop.@Nullable Timer timer;

    /**
     * @param onMissed run when the time has passed and nobody has stopped it
     */
    public Deadline(CallLoop loop, Duration time, Runnable onMissed) {
        this.loop = loop;
        this.time = time;
        this.onMissed = onMissed;
    }

    /** The time begins now. */
    public void restart() {
        stop();
        timer = loop.schedule(time, this::missed);
    }

    /** The time begins now unless it has begun already. */
    public void start() {
        if (timer == null) {
            restart();
        }
    }

    public void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void missed() {
        timer = null;
        onMissed.run();
    }
}
