package io.patchcord.provider.deepgram;

import io.patchcord.agent.contract.TtsEngineContract;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.TtsEngine;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

class SpeakRestContractTest extends TtsEngineContract {

    private final FakeSpeakRest server = new FakeSpeakRest();

    @Override
    protected TtsEngine create() {
        return new DeepgramTtsProvider()
                .create(ProviderConfig.of(Map.of(
                        "DEEPGRAM_API_KEY", "key",
                        "DEEPGRAM_BASE_URL", server.url(),
                        "DEEPGRAM_TTS_TRANSPORT", "rest")));
    }

    @AfterAll
    void stopServer() {
        server.close();
    }
}
