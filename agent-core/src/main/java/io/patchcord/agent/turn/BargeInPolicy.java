package io.patchcord.agent.turn;

import java.time.Duration;

/**
 * When the agent yields to a caller who speaks while it speaks.
 *
 * @param allowed false: the agent always finishes
 * @param minSpeech how long the caller must go on after speech was detected, so that a cough or an "mhm" does not stop
 *     the agent
 */
public record BargeInPolicy(boolean allowed, Duration minSpeech) {

    public static final BargeInPolicy DEFAULT = new BargeInPolicy(true, Duration.ofMillis(150));
    public static final BargeInPolicy NEVER = new BargeInPolicy(false, Duration.ZERO);

    public BargeInPolicy {
        if (minSpeech.isNegative()) {
            throw new IllegalArgumentException("minSpeech " + minSpeech + ": give zero or more");
        }
    }
}
