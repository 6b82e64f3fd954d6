package io.patchcord.agent.testing;

import io.patchcord.agent.contract.VadEngineContract;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.VadEngine;

class ScriptedVadTest extends VadEngineContract {

    @Override
    protected VadEngine create() {
        return new ScriptedVad();
    }

    @Override
    protected AudioFrame speech() {
        return new ToneSpeech().speak(8_000, "one two three four five six");
    }
}
