package io.patchcord.provider.local.pool;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a thread give way to the others. A recognition takes a core for a quarter of a second, a frame of audio needs it
 * for some microseconds, but every 20 ms and on time; Java's own thread priorities do nothing on Linux, so the scheduler is
 * told directly. Where that is not possible nothing changes.
 */
final class Niceness {

    private static final Logger LOG = LoggerFactory.getLogger(Niceness.class);

    /** A third of the weight of a normal thread, when both want the same core (sched(7): a factor of 1.25 for each step). */
    private static final int BACKGROUND = 5;

    // <sys/resource.h>
    private static final int PRIO_PROCESS = 0;
    private static final int CALLING_THREAD = 0;

    private static final @Nullable LibC LIB_C = load();

    private Niceness() {}

    /** The function of the C library that we call. */
    interface LibC extends Library {
        int setpriority(int which, int who, int nice);
    }

    private static @Nullable LibC load() {
        if (!Platform.isLinux()) {
            return null;
        }
        try {
            return Native.load("c", LibC.class);
        } catch (LinkageError e) {
            LOG.debug("Threads keep their priority: the C library cannot be called", e);
            return null;
        }
    }

    /** On Linux, where a thread has a niceness of its own (setpriority(2)), lowers the priority of the calling thread. */
    static void giveWay() {
        if (LIB_C != null && LIB_C.setpriority(PRIO_PROCESS, CALLING_THREAD, BACKGROUND) != 0) {
            LOG.debug(
                    "{} keeps its priority: setpriority failed",
                    Thread.currentThread().getName());
        }
    }
}
