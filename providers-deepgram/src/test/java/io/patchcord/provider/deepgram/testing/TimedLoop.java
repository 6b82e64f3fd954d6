package io.patchcord.provider.deepgram.testing;

import io.patchcord.agent.loop.CallLoop;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A call's loop that knows which timers have neither run nor been cancelled. Thread-safe. */
public final class TimedLoop implements CallLoop {

    private final CallLoop loop;
    private final Set<Object> pending = ConcurrentHashMap.newKeySet();

    public TimedLoop(CallLoop loop) {
        this.loop = loop;
    }

    /** How many timers are still to run. */
    public int pending() {
        return pending.size();
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public boolean inLoop() {
        return loop.inLoop();
    }

    @Override
    public long nanoTime() {
        return loop.nanoTime();
    }

    @Override
    public Timer scheduleAt(long dueNanos, Runnable task) {
        Object key = new Object();
        pending.add(key);
        Timer timer = loop.scheduleAt(dueNanos, () -> {
            pending.remove(key);
            task.run();
        });
        return () -> {
            pending.remove(key);
            timer.cancel();
        };
    }
}
