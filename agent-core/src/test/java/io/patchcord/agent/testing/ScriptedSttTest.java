package io.patchcord.agent.testing;

import io.patchcord.agent.contract.SegmentSttEngineContract;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.SegmentSttEngine;
import org.junit.jupiter.api.AfterAll;

class ScriptedSttTest extends SegmentSttEngineContract {

    private final ThreadCallLoop clock = new ThreadCallLoop();
    private final ToneSpeech speech = new ToneSpeech();

    @AfterAll
    void stopClock() {
        clock.close();
    }

    @Override
    protected SegmentSttEngine create() {
        return new ScriptedStt(clock, speech);
    }

    @Override
    protected AudioFrame speech() {
        return speech.speak(16_000, "where are you?");
    }

    @Override
    protected String spokenWord() {
        return "where";
    }
}
