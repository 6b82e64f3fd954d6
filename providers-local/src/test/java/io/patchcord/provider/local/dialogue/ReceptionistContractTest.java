package io.patchcord.provider.local.dialogue;

import io.patchcord.agent.contract.LlmEngineContract;
import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.ProviderConfig;
import java.util.Map;

class ReceptionistContractTest extends LlmEngineContract {

    @Override
    protected LlmEngine create() {
        return new ReceptionistProvider().create(ProviderConfig.of(Map.of("LOCAL_DIALOGUE_TIMEOUT", "30s")));
    }
}
