package io.patchcord.provider.openai;

import io.patchcord.agent.contract.S2sEngineContract;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.provider.openai.testing.FakeRealtimeServer;
import io.patchcord.provider.openai.testing.FakeScript;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

class RealtimeContractTest extends S2sEngineContract {

    private final FakeScript script = new FakeScript();
    private final FakeRealtimeServer server = FakeRealtimeServer.start(script);

    @Override
    protected S2sEngine create() {
        return new OpenAiS2sProvider()
                .create(ProviderConfig.of(Map.of(
                        "OPENAI_API_KEY",
                        RealtimeCall.KEY,
                        "OPENAI_BASE_URL",
                        server.baseUrl().toString())));
    }

    @Override
    protected AudioFrame callerTurn() {
        return script.tones().speak(inputFormat().sampleRateHz(), "what are your opening hours");
    }

    @AfterAll
    void stopServer() {
        server.close();
    }
}
