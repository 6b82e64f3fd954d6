package io.patchcord.app;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the agent is, as its health address tells.
 *
 * @param state in one word: starting, up, degraded or stopping
 * @param details further members of the answer, in order
 */
record HealthStatus(State state, Map<String, Object> details) {

    /** Whether calls can be taken. */
    enum State {
        STARTING,
        UP,
        /** Something that was configured is missing: the details tell what. */
        DEGRADED,
        STOPPING
    }

    HealthStatus {
        details = new LinkedHashMap<>(details);
    }

    boolean isReady() {
        return state == State.UP;
    }
}
