package io.patchcord.app.caller;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A turn with the words of the answer.
 *
 * @param said what the caller said, empty for the greeting
 * @param heard the answer's words, if there was an answer and somebody to write it down
 * @param timeToFirstAudio from the caller's last sound to the answer's first; for the greeting, from the begin of the call
 * @param replyLength from the first to the last sound of the answer
 * @param timeToStop from the caller's first sound to the last one of what it interrupted, if it interrupted anything
 * @param answered whether there was an answer
 * @param spokeOver whether the agent began before the caller had finished
 */
record HeardTurn(
        String said,
        Optional<String> heard,
        Optional<Duration> timeToFirstAudio,
        Optional<Duration> replyLength,
        Optional<Duration> timeToStop,
        boolean answered,
        boolean spokeOver) {

    /** What comes before the first sound that is loud enough to be noticed belongs to it. */
    private static final int LEAD_SAMPLES = 1_600;

    /** Writes down what was heard. */
    interface Ear {
        Optional<String> hear(short[] samples);
    }

    /** All turns of a call: the answer of each lasts until that of the next begins. */
    static List<HeardTurn> of(CallRecord call, Ear ear) {
        List<HeardTurn> heard = new ArrayList<>();
        int end = call.received().samples();
        for (int i = call.turns().size() - 1; i >= 0; i--) {
            Turn turn = call.turns().get(i);
            Optional<String> words = Optional.empty();
            if (turn.replyFrom() >= 0) {
                int from = Math.max(0, turn.replyFrom() - LEAD_SAMPLES);
                words = ear.hear(call.received().between(from, end));
                end = from;
            }
            heard.add(0, of(turn, words));
        }
        return heard;
    }

    private static HeardTurn of(Turn turn, Optional<String> words) {
        return new HeardTurn(
                turn.label(),
                words,
                turn.timeToFirstAudio(),
                turn.replyLength(),
                turn.timeToStop(),
                turn.isAnswered(),
                turn.agentSpokeOver());
    }
}
