package io.patchcord.openai.compatible;

import io.patchcord.agent.contract.TtsEngineContract;
import io.patchcord.agent.spi.TtsEngine;
import org.junit.jupiter.api.AfterAll;

class SpeechContractTest extends TtsEngineContract {

    private final FakeAudioServer server = new FakeAudioServer();

    @Override
    protected TtsEngine create() {
        return SpeechEngine.builder(server.uri(), "gpt-4o-mini-tts", "alloy").build();
    }

    @AfterAll
    void stopServer() {
        server.close();
    }
}
