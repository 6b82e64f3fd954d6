package io.patchcord.agent.pipeline;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.pipeline.Standbys.Standby;
import io.patchcord.agent.spi.TtsEngine;
import java.util.HashSet;
import java.util.Set;

/** A clause that is not said to its end, and which voices have tried to. Confined to the call loop. */
final class UnsaidClause {

    private final String id;
    private final Spoken spoken = new Spoken();
    private final Set<Standby<TtsEngine>> tried = new HashSet<>();
    private String text;

    UnsaidClause(String id, String text) {
        this.id = id;
        this.text = text;
        spoken.addText(text);
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

    /** Only what was not said is to be said yet; false if that is nothing. */
    boolean keepRest(Pace pace) {
        if (!spoken.audio().isZero()) {
            spoken.breakOff(pace.perCharacter());
            text = spoken.rest();
        }
        return !text.isBlank();
    }

    /** It has been said to its end; where one voice has said all of it, its pace is learnt. */
    void saidBy(Pace pace) {
        if (!spoken.isInterrupted()) {
            pace.spoke(text, spoken.audio());
        }
    }
}
