package io.patchcord.agent.pipeline.voice;

import java.time.Duration;
import java.util.Optional;

/**
 * How fixed sentences are rendered at start.
 *
 * @param voice in which they will be spoken, empty for the default
 * @param language in which they are written out, as a BCP 47 tag
 * @param parallel how many at a time
 * @param perClause how long one may take
 */
public record PromptSettings(Optional<String> voice, String language, int parallel, Duration perClause) {

    /** Two at a time, half a minute each. */
    public static PromptSettings of(Optional<String> voice, String language) {
        return new PromptSettings(voice, language, 2, Duration.ofSeconds(30));
    }

    /** The same for another voice. */
    PromptSettings withVoice(Optional<String> other) {
        return new PromptSettings(other, language, parallel, perClause);
    }

    public PromptSettings {
        if (parallel < 1 || perClause.isNegative() || perClause.isZero()) {
            throw new IllegalArgumentException("rendering " + parallel + " clauses at a time within " + perClause
                    + " each: give at least one, and some time");
        }
    }
}
