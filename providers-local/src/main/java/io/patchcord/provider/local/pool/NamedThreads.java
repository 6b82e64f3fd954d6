package io.patchcord.provider.local.pool;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes daemon threads that say in a thread dump what they are for. Thread-safe. */
public final class NamedThreads implements ThreadFactory {

    private final String name;
    private final boolean background;
    private final AtomicInteger count = new AtomicInteger();

    private NamedThreads(String name, boolean background) {
        this.name = name;
        this.background = background;
    }

    /** Threads like any other. */
    public static ThreadFactory of(String name) {
        return new NamedThreads(name, false);
    }

    /** Threads that give way to those that send and receive audio, where the operating system can be told so. */
    public static ThreadFactory background(String name) {
        return new NamedThreads(name, true);
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(background ? givingWay(task) : task, name + "-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    private static Runnable givingWay(Runnable task) {
        return () -> {
            Niceness.giveWay();
            task.run();
        };
    }
}
