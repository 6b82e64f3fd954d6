package io.patchcord.audiosocket;

import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Netty's leak detector, which keeps what it finds for {@link NoLeaks}. Named in the options of the test JVM. */
public final class LeakDetector<T> extends ResourceLeakDetector<T> {

    static final List<String> FOUND = new CopyOnWriteArrayList<>();

    public LeakDetector(Class<?> resource, int samplingInterval) {
        super(resource, samplingInterval);
    }

    @SuppressWarnings("unused") // Netty looks for this one as well.
    public LeakDetector(Class<?> resource, int samplingInterval, long unusedMaxActive) {
        super(resource, samplingInterval);
    }

    @Override
    protected boolean needReport() {
        return true;
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
        FOUND.add(resourceType + " " + records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
        FOUND.add(resourceType);
    }
}
