package io.patchcord.agent.pipeline;

import io.patchcord.agent.pipeline.standby.Breaker;
import java.time.Duration;

/**
 * How long providers that stand in for each other may take, how long one that fails is left alone, and what the caller
 * hears between two of them.
 *
 * @param openTimeout how long a session may take to be ready
 * @param stall how long the audio of an answer may take: after the caller's turn has ended, and from one piece to the next
 * @param sentenceAfter the silence after which the caller is asked to wait when a provider has failed where it had to
 *     speak; four times as long where it may only be slow, or where nobody waits for the agent's words
 * @param giveUpAfter how long a call may be without a provider
 * @param rest how long a provider is left alone after a failure; twice as long after each further one
 * @param longestRest how long at most
 */
public record FailoverSettings(
        Duration openTimeout,
        Duration stall,
        Duration sentenceAfter,
        Duration giveUpAfter,
        Duration rest,
        Duration longestRest,
        Phrases phrases) {

    /** 5 s to open, 8 s for audio, the sentence after 0.7 s, the end after 15 s, rests from 2 s to 1 minute. */
    public static final FailoverSettings DEFAULT = new FailoverSettings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(8),
            Duration.ofMillis(700),
            Duration.ofSeconds(15),
            Duration.ofSeconds(2),
            Duration.ofMinutes(1),
            Phrases.ENGLISH);

    /**
     * @throws IllegalArgumentException if the longest rest is not the longest
     */
    public FailoverSettings {
        rests(rest, longestRest);
    }

    /**
     * What is said.
     *
     * @param moment to the caller who waits for another provider
     * @param cutOff to the caller whose answer was cut off, by an agent that cannot go on with it
     * @param goOn to a model, as if the caller said it, that is to go on with such an answer
     * @param farewell to the caller when no provider can be had
     */
    public record Phrases(String moment, String cutOff, String goOn, String farewell) {

        public static final Phrases ENGLISH = new Phrases(
                "One moment, please.",
                "I'm sorry, I was cut off. What would you like to know?",
                "You were cut off. Please go on exactly where you stopped, without repeating what you have said.",
                "I'm sorry, I cannot go on with this call. Please try again later.");
    }

    Breaker.Rests rests() {
        return rests(rest, longestRest);
    }

    private static Breaker.Rests rests(Duration first, Duration longest) {
        return new Breaker.Rests(first, longest);
    }
}
