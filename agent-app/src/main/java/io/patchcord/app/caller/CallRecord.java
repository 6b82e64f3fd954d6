package io.patchcord.app.caller;

import java.util.List;

/**
 * A call that is over, as it was on the wire.
 *
 * @param started when the first frame was sent, in nanoseconds of no known origin
 * @param ended when the connection was closed
 * @param end who ended it
 * @param reason why, as the transport says it
 * @param saidAll whether the caller came to say all it had to
 * @param turns the greeting, then what the caller did
 * @param sent what the caller sent
 * @param received what the agent sent
 * @param clock how evenly it came
 */
record CallRecord(
        long started,
        long ended,
        End end,
        String reason,
        boolean saidAll,
        List<Turn> turns,
        TimedAudio sent,
        TimedAudio received,
        FrameClock.Figures clock) {

    /** Who or what ended a call. */
    enum End {
        /** The caller had nothing more to say. */
        CALLER,
        /** The agent hung up. */
        AGENT,
        /** It lasted longer than it may. */
        TOO_LONG,
        /** The connection broke, or the agent sent what AudioSocket does not allow. */
        BROKEN
    }

    /** Whether the agent answered everything; of a call in which nothing was to be said, whether it spoke. */
    boolean isAnswered() {
        boolean whole = end == End.CALLER || end == End.AGENT;
        return whole && saidAll && turns.stream().skip(turns.size() > 1 ? 1 : 0).allMatch(Turn::isAnswered);
    }
}
