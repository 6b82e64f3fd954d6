package io.patchcord.agent.asterisk;

import io.patchcord.agent.CallEvent;
import io.patchcord.agent.CallListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** All conversations of the agent: how many there are, whether one more is taken, and their end. Thread-safe. */
final class ActiveCalls {

    private final Map<String, LiveCall> calls = new ConcurrentHashMap<>();
    private final AtomicLong total = new AtomicLong();
    private final int maxCalls;
    private volatile boolean closed;

    ActiveCalls(int maxCalls) {
        this.maxCalls = maxCalls;
    }

    /** Whether one more call may begin. */
    boolean hasRoom() {
        return !closed && calls.size() < maxCalls;
    }

    void add(String callId, LiveCall call) {
        calls.put(callId, call);
        total.incrementAndGet();
        if (closed) {
            call.shutDown();
        }
    }

    /** A listener that takes ended calls off the list. */
    CallListener tracker() {
        return (call, event) -> {
            if (event instanceof CallEvent.Ended) {
                calls.remove(call.callId());
                wakeUp();
            }
        };
    }

    int active() {
        return calls.size();
    }

    long total() {
        return total.get();
    }

    /** Takes no more calls. */
    void refuseNew() {
        closed = true;
    }

    /** Waits until all calls have ended by themselves; false if some are left when the time is over. */
    synchronized boolean awaitEnd(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!calls.isEmpty()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    void shutDownAll() {
        calls.values().forEach(LiveCall::shutDown);
    }

    private synchronized void wakeUp() {
        notifyAll();
    }
}
