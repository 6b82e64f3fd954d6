package io.patchcord.provider.deepgram;

import io.patchcord.agent.loop.CallLoop;
import java.time.Duration;

/**
 * Clears that were sent and are not answered yet: what comes before the last answer belongs to clauses that are forgotten, and
 * what is sent behind a Clear might be taken along by it. Confined to the call loop.
 */
final class Clears {

    /** Deepgram answers at once; a connection that does not cannot be trusted with the next answer. */
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final Deadline limit;
    private final Runnable late;
    private int open;

    /**
     * @param late called when an answer does not come in time
     */
    Clears(CallLoop loop, Runnable late) {
        this.limit = new Deadline(loop);
        this.late = late;
    }

    boolean areOpen() {
        return open > 0;
    }

    void sent() {
        open++;
        limit.set(LIMIT, late);
    }

    /** One was answered; true if it was the last. */
    boolean answered() {
        open = Math.max(0, open - 1);
        if (open == 0) {
            limit.cancel();
        }
        return open == 0;
    }

    /** There is nobody any more who would answer. */
    void forget() {
        open = 0;
        limit.cancel();
    }
}
