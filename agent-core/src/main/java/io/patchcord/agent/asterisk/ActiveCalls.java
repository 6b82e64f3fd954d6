package io.patchcord.agent.asterisk;

import io.patchcord.agent.CallEvent;
import io.patchcord.agent.CallListener;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All calls of the agent: whether one more is taken, how many conversations there are, and their end. A call has its place
 * from its arrival on, long before it can be talked with. Thread-safe.
 */
final class ActiveCalls {

    private final Set<String> places = new HashSet<>();
    private final Map<String, LiveCall> calls = new ConcurrentHashMap<>();
    private final AtomicLong total = new AtomicLong();
    private final int maxCalls;
    private volatile boolean closed;

    ActiveCalls(int maxCalls) {
        this.maxCalls = maxCalls;
    }

    /**
     * Takes a place for a call, if there is one.
     *
     * @param wish for the call's id; another call can have it, as some dialplans give one UUID to all callers
     * @return the call's id
     */
    synchronized Optional<String> enter(String wish) {
        if (closed || places.size() >= maxCalls) {
            return Optional.empty();
        }
        String callId = wish;
        for (int number = 2; !places.add(callId); number++) {
            callId = wish + "-" + number;
        }
        return Optional.of(callId);
    }

    /** Why there is no place for a call. */
    String whyFull() {
        return closed ? "stopping" : "no more than " + maxCalls + " calls at once";
    }

    /** Gives up the place of a call whose conversation has not begun. */
    synchronized void leave(String callId) {
        places.remove(callId);
    }

    /** The conversation begins; its place is free when it has ended. */
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
                ended(call.callId());
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

    private synchronized void ended(String callId) {
        calls.remove(callId);
        places.remove(callId);
        notifyAll();
    }
}
