package io.patchcord.app.caller;

import io.patchcord.app.caller.CallRecord.End;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a call came to.
 *
 * @param answered whether the agent answered all that was said
 * @param problem why there was no call at all
 */
record CallResult(
        boolean answered,
        Optional<String> problem,
        End end,
        String reason,
        Duration length,
        List<HeardTurn> turns,
        FrameClock.Figures frames) {

    static CallResult of(CallRecord call, HeardTurn.Ear ear) {
        return new CallResult(
                call.isAnswered(),
                Optional.empty(),
                call.end(),
                call.reason(),
                Duration.ofNanos(call.ended() - call.started()),
                HeardTurn.of(call, ear),
                call.clock());
    }

    static CallResult failed(String problem) {
        return new CallResult(
                false, Optional.of(problem), End.BROKEN, problem, Duration.ZERO, List.of(), new FrameClock().figures());
    }
}
