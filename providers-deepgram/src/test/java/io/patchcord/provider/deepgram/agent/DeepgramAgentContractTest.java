package io.patchcord.provider.deepgram.agent;

import io.patchcord.agent.contract.S2sEngineContract;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.testing.ToneSpeech;
import io.patchcord.provider.deepgram.testing.FakeAgentScript;
import io.patchcord.provider.deepgram.testing.FakeVoiceAgentServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

class DeepgramAgentContractTest extends S2sEngineContract {

    private final FakeVoiceAgentServer server = FakeVoiceAgentServer.start(new FakeAgentScript());

    @AfterAll
    void stopServer() {
        server.close();
    }

    @Override
    protected S2sEngine create() {
        return new DeepgramAgentProvider()
                .create(ProviderConfig.of(Map.of(
                        "DEEPGRAM_API_KEY",
                        "key",
                        "DEEPGRAM_AGENT_URL",
                        server.uri().toString())));
    }

    @Override
    protected AudioFrame callerTurn() {
        return new ToneSpeech().speak(8_000, "when are you open");
    }
}
