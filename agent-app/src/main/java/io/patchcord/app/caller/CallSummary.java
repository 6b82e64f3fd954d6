package io.patchcord.app.caller;

import io.patchcord.app.caller.FrameClock.Spread;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Several calls taken together.
 *
 * @param turns what callers said, greetings not counted
 * @param answeredTurns those of them that were answered
 * @param greeting from the begin of a call to the first sound
 * @param firstAudio time to first audio, of turns in which the agent let the caller finish
 * @param stop time to stop, of turns in which it was interrupted
 * @param worstLateness of all calls, the 50th and 99th percentile and the latest frame of the worst call
 */
record CallSummary(
        int calls,
        int answeredCalls,
        int turns,
        int answeredTurns,
        Values greeting,
        Values firstAudio,
        Values stop,
        Spread worstLateness,
        int gaps) {

    /** How a measured time is spread over the turns. */
    record Values(int count, Duration p50, Duration p95, Duration max) {

        static Values of(Stream<Duration> durations) {
            long[] nanos = durations.mapToLong(Duration::toNanos).sorted().toArray();
            if (nanos.length == 0) {
                return new Values(0, Duration.ZERO, Duration.ZERO, Duration.ZERO);
            }
            return new Values(
                    nanos.length,
                    Spread.percentile(nanos, 50),
                    Spread.percentile(nanos, 95),
                    Spread.percentile(nanos, 100));
        }
    }

    static CallSummary of(List<CallResult> calls) {
        List<HeardTurn> greetings =
                calls.stream().flatMap(call -> call.turns().stream().limit(1)).toList();
        List<HeardTurn> turns =
                calls.stream().flatMap(call -> call.turns().stream().skip(1)).toList();
        return new CallSummary(
                calls.size(),
                (int) calls.stream().filter(CallResult::answered).count(),
                turns.size(),
                (int) turns.stream().filter(HeardTurn::answered).count(),
                Values.of(times(greetings, HeardTurn::timeToFirstAudio)),
                Values.of(
                        times(turns.stream().filter(turn -> !turn.spokeOver()).toList(), HeardTurn::timeToFirstAudio)),
                Values.of(times(turns, HeardTurn::timeToStop)),
                new Spread(worst(calls, Spread::p50), worst(calls, Spread::p99), worst(calls, Spread::max)),
                calls.stream().mapToInt(call -> call.frames().gaps()).sum());
    }

    private static Stream<Duration> times(List<HeardTurn> turns, Function<HeardTurn, Optional<Duration>> time) {
        return turns.stream().map(time).flatMap(Optional::stream);
    }

    private static Duration worst(List<CallResult> calls, Function<Spread, Duration> figure) {
        return calls.stream()
                .map(call -> figure.apply(call.frames().lateness()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
