package io.patchcord.agent.asterisk;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import io.patchcord.agent.loop.CallLoop;
import java.util.concurrent.TimeUnit;

/** A call loop that is one of Netty's event loops, the one on which the call's audio arrives. Thread-safe. */
final class NettyCallLoop implements CallLoop {

    private final EventExecutor executor;

    NettyCallLoop(EventExecutor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    @Override
    public boolean inLoop() {
        return executor.inEventLoop();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Timer scheduleAt(long dueNanos, Runnable task) {
        long delay = Math.max(0, dueNanos - nanoTime());
        ScheduledFuture<?> future = executor.schedule(task, delay, TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }
}
