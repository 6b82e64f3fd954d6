package io.patchcord.agent.pipeline;

import io.patchcord.agent.contract.S2sEngineContract;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.testing.ScriptedLlm;
import io.patchcord.agent.testing.ScriptedStt;
import io.patchcord.agent.testing.ScriptedTts;
import io.patchcord.agent.testing.ScriptedVad;
import io.patchcord.agent.testing.ThreadCallLoop;
import io.patchcord.agent.testing.ToneSpeech;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;

/** A cascade is a speech-to-speech engine. */
class CascadeContractTest extends S2sEngineContract {

    private final ThreadCallLoop clock = new ThreadCallLoop();
    private final ToneSpeech tones = new ToneSpeech();

    @AfterAll
    void stopClock() {
        clock.close();
    }

    @Override
    protected S2sEngine create() {
        return new CascadeEngine(
                new ScriptedStt(clock, tones),
                new ScriptedLlm().when("", "We are open from nine to five."),
                new ScriptedTts(tones),
                Optional.of(new ScriptedVad()),
                CascadeSettings.defaults());
    }

    @Override
    protected AudioFrame callerTurn() {
        return tones.speak(8_000, "What are your hours?");
    }
}
