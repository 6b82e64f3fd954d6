package io.patchcord.audiosocket;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class after which a buffer is found that nobody released. In force for every test of this module. */
public final class NoLeaks implements AfterAllCallback {

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        List<String> leaks = leaksNow();
        if (!leaks.isEmpty()) {
            throw new AssertionError(
                    leaks.size() + " buffers were not released; -Dleak.records=10 tells where they went. The first: "
                            + leaks.get(0));
        }
    }

    /** Collects garbage, and has Netty look at what was collected. */
    static List<String> leaksNow() throws InterruptedException {
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        WeakReference<Object> sentinel = new WeakReference<>(new Object(), collected);
        while (collected.remove(100) != sentinel) {
            System.gc();
        }
        // Netty looks whenever a buffer is allocated; a pooled one and an unpooled one have the same detector.
        UnpooledByteBufAllocator.DEFAULT.directBuffer(1).release();
        List<String> leaks = new ArrayList<>(LeakDetector.FOUND);
        LeakDetector.FOUND.clear();
        return leaks;
    }
}
