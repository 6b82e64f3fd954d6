package io.patchcord.agent.pipeline;

import io.patchcord.agent.contract.LlmEngineContract;
import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.testing.ScriptedLlm;
import io.patchcord.agent.testing.ScriptedReply;
import java.time.Duration;

/** Two dialogues of which the first one always fails. */
class LlmFallbackContractTest extends LlmEngineContract {

    @Override
    protected LlmEngine create() {
        ProviderException down = new ProviderException(ProviderException.Kind.UNAVAILABLE, "down");
        return new LlmFallback(
                new ScriptedLlm().when("", ScriptedReply.nothing().fail(down)),
                new ScriptedLlm().when("", "At nine."),
                Duration.ofSeconds(2),
                Duration.ZERO);
    }
}
