package io.patchcord.agent.pipeline.voice;

import io.patchcord.agent.contract.TtsEngineContract;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.testing.ScriptedTts;
import io.patchcord.agent.testing.ToneSpeech;

/** A voice with a memory is a voice; the contract's clauses are spoken from it from the second test on. */
class CachingTtsContractTest extends TtsEngineContract {

    @Override
    protected TtsEngine create() {
        return new CachingTtsEngine(new ScriptedTts(new ToneSpeech()));
    }
}
