package io.patchcord.agent.testing;

import io.patchcord.agent.contract.LlmEngineContract;
import io.patchcord.agent.spi.LlmEngine;

class ScriptedLlmTest extends LlmEngineContract {

    @Override
    protected LlmEngine create() {
        return new ScriptedLlm().when("hours", "We are open from nine to five.").fixedSentences("Goodbye.");
    }
}
