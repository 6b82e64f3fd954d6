package io.patchcord.agent;

import java.time.Duration;

/**
 * The time from the end of the caller's speech to the first frame of the answer, and its parts, which add up to it. A
 * part that the provider does not tell is counted into the next one that it does.
 *
 * @param endpoint until it was decided that the turn is over
 * @param transcript until its words were known
 * @param firstText until the first words of the answer
 * @param firstAudio until the first audio of the answer
 * @param firstFrame until the first frame was sent
 */
public record TurnLatency(
        Duration endpoint, Duration transcript, Duration firstText, Duration firstAudio, Duration firstFrame) {

    /** Time to first audio. */
    public Duration total() {
        return endpoint.plus(transcript).plus(firstText).plus(firstAudio).plus(firstFrame);
    }
}
