package io.patchcord.app.caller;

import java.time.Duration;
import java.util.Optional;

/**
 * What the caller did, and what came of it: the marks of one turn as they happen. The first turn is the greeting, for which
 * the caller does nothing. Times are those at which frames left and arrived. Confined to the call's thread.
 */
final class Turn {

    /** Sound after less silence than this goes on with what was being said; a pause between sentences is no end. */
    static final Duration SPEECH_GAP = Duration.ofMillis(400);

    private static final long NEVER = Long.MIN_VALUE;

    private final String label;
    private final boolean interrupts;

    private long soundSent = NEVER;
    private long spoken = NEVER;
    private long firstReply = NEVER;
    private long lastSound = NEVER;
    private long interruptedSpeechEnd = NEVER;
    private boolean interruptedSpeechGoesOn;
    private boolean agentSpokeOver;
    private int replyFrom = -1;

    /**
     * Begins a turn.
     *
     * @param interrupts whether the agent is speaking now, and is to be cut short
     */
    Turn(String label, boolean interrupts) {
        this.label = label;
        this.interrupts = interrupts;
        this.interruptedSpeechGoesOn = interrupts;
    }

    /** The turn in which the caller only listens. */
    static Turn greeting(long callStarted) {
        Turn turn = new Turn("", false);
        turn.spoken = callStarted;
        return turn;
    }

    /** A frame with sound, or a key, has left for the first time in this turn, or again. */
    void onSoundSent(long now) {
        if (soundSent == NEVER) {
            soundSent = now;
        }
    }

    /** The frame with the last sound of what the caller says, or the last key, has left. */
    void onSpoken(long now) {
        spoken = now;
    }

    /**
     * A frame with sound was received.
     *
     * @param begins whether it comes after a silence, and so is no part of what was being said
     * @param sample how many samples were received before it
     */
    void onSoundReceived(long now, boolean begins, int sample) {
        lastSound = now;
        interruptedSpeechGoesOn &= !begins;
        if (interruptedSpeechGoesOn) {
            interruptedSpeechEnd = now;
            return;
        }
        replyFrom = replyFrom < 0 ? sample : replyFrom;
        if (spoken == NEVER) {
            agentSpokeOver = true;
        } else if (firstReply == NEVER && begins) {
            firstReply = now;
        }
    }

    /** Whether the agent said something that is no leftover of what it said before. */
    boolean isAnswered() {
        return firstReply != NEVER || agentSpokeOver;
    }

    /** Whether the caller has said its part and the agent has answered and stopped, or will not answer any more. */
    boolean isOver(long now, Duration quiet, Duration patience) {
        if (spoken == NEVER) {
            return false;
        }
        return isAnswered()
                ? now - Math.max(lastSound, spoken) >= quiet.toNanos()
                : now - Math.max(interruptedSpeechEnd, spoken) >= patience.toNanos();
    }

    /** How long the agent has been speaking in this turn, if it is. */
    Duration speaking(long now) {
        boolean speaks = firstReply != NEVER && now - lastSound < SPEECH_GAP.toNanos();
        return speaks ? Duration.ofNanos(now - firstReply) : Duration.ZERO;
    }

    String label() {
        return label;
    }

    boolean interrupts() {
        return interrupts;
    }

    /** The first received sample of the answer, -1 without one. */
    int replyFrom() {
        return replyFrom;
    }

    /** From the first to the last sound of the answer. */
    Optional<Duration> replyLength() {
        return between(firstReply, lastSound);
    }

    /** Whether the agent began to speak before the caller had finished. */
    boolean agentSpokeOver() {
        return agentSpokeOver;
    }

    /** From the last sound of the caller as sent to the first sound of the answer as received. */
    Optional<Duration> timeToFirstAudio() {
        return between(spoken, firstReply);
    }

    /**
     * From the first sound of the caller as sent to the last one of what it interrupted as received; empty if the agent had
     * stopped of itself before.
     */
    Optional<Duration> timeToStop() {
        return between(soundSent, interruptedSpeechEnd).filter(time -> !time.isNegative());
    }

    private static Optional<Duration> between(long from, long to) {
        return from == NEVER || to == NEVER ? Optional.empty() : Optional.of(Duration.ofNanos(to - from));
    }
}
