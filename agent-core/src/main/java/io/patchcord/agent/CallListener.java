package io.patchcord.agent;

/** Hears what happens in calls, on the loop of the call; must not block, or the call stutters. */
@FunctionalInterface
public interface CallListener {

    void onEvent(CallContext call, CallEvent event);

    /** Both listeners, one after the other. */
    default CallListener and(CallListener other) {
        return (call, event) -> {
            onEvent(call, event);
            other.onEvent(call, event);
        };
    }
}
