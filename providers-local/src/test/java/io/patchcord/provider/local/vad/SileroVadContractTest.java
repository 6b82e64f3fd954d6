package io.patchcord.provider.local.vad;

import io.patchcord.agent.contract.VadEngineContract;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.VadEngine;
import io.patchcord.provider.local.TestSpeech;
import java.util.Map;

class SileroVadContractTest extends VadEngineContract {

    @Override
    protected VadEngine create() {
        return new SileroVadProvider().create(ProviderConfig.of(Map.of()));
    }

    @Override
    protected AudioFrame speech() {
        return TestSpeech.clip("goforward");
    }
}
