package io.patchcord.agent.testing;

import io.patchcord.agent.contract.TtsEngineContract;
import io.patchcord.agent.spi.TtsEngine;

class ScriptedTtsTest extends TtsEngineContract {

    @Override
    protected TtsEngine create() {
        return new ScriptedTts(new ToneSpeech());
    }
}
