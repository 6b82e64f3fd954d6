package io.patchcord.provider.local.stt;

import io.patchcord.agent.contract.SegmentSttEngineContract;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.SegmentSttEngine;
import io.patchcord.provider.local.TestSpeech;
import java.util.Map;

class MoonshineSttContractTest extends SegmentSttEngineContract {

    @Override
    protected SegmentSttEngine create() {
        return (SegmentSttEngine)
                new MoonshineSttProvider().create(ProviderConfig.of(Map.of("LOCAL_STT_TIMEOUT", "60s")));
    }

    @Override
    protected AudioFrame speech() {
        return TestSpeech.padded(TestSpeech.clip("sb_spk1_snt5"), 200, 200);
    }

    @Override
    protected String spokenWord() {
        return "sunday";
    }
}
