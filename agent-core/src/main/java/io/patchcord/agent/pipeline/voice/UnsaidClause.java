package io.patchcord.agent.pipeline.voice;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.pipeline.standby.Standbys.Standby;
import io.patchcord.agent.spi.TtsEngine;
import java.util.HashSet;
import java.util.Set;

/** A clause that is not said to its end, and which voices have tried to. Confined to the call loop. */
final class UnsaidClause {

    private final String id;
    private final Set<Standby<TtsEngine>> tried = new HashSet<>();
    private String text;
    private Spoken spoken;

    UnsaidClause(String id, String text) {
        this.id = id;
        this.text = text;
        this.spoken = unsaid(text);
    }

    String id() {
        return id;
    }

    /** What is to be said of it. */
    String text() {
        return text;
    }

    Set<Standby<TtsEngine>> tried() {
        return tried;
    }

    void said(AudioFrame audio) {
        spoken.addAudio(audio.duration());
    }

    /**
     * Only what was not said is to be said yet, by another voice with a pace of its own; false if that is nothing.
     *
     * @param pace of the voice that broke off
     */
    boolean keepRest(Pace pace) {
        if (!spoken.audio().isZero()) {
            spoken.breakOff(pace.perCharacter());
            text = spoken.rest();
            spoken = unsaid(text);
        }
        return !text.isBlank();
    }

    /** What was to be said of it is said, all by this voice, whose pace is learnt. */
    void saidBy(Pace pace) {
        pace.spoke(text, spoken.audio());
    }

    private static Spoken unsaid(String text) {
        Spoken spoken = new Spoken();
        spoken.addText(text);
        return spoken;
    }
}
