package io.patchcord.agent.pipeline.voice;

import java.time.Duration;

/** How fast a voice speaks, by what it has spoken. Confined to the call loop. */
final class Pace {

    private static final int ENOUGH = 10;

    private int characters;
    private Duration audio = Duration.ZERO;

    void spoke(String text, Duration length) {
        characters += text.length();
        audio = audio.plus(length);
    }

    Duration perCharacter() {
        return characters < ENOUGH ? Spoken.PER_CHARACTER : audio.dividedBy(characters);
    }
}
