package io.patchcord.provider.deepgram;

import io.patchcord.agent.contract.TtsEngineContract;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.provider.socket.testing.FakeSocketServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

class SpeakSocketContractTest extends TtsEngineContract {

    private final FakeSocketServer server = FakeSocketServer.start().serve(FakeSpeak::new);

    @Override
    protected TtsEngine create() {
        return new DeepgramTtsProvider()
                .create(ProviderConfig.of(
                        Map.of("DEEPGRAM_API_KEY", "key", "DEEPGRAM_BASE_URL", "http://127.0.0.1:" + server.port())));
    }

    @AfterAll
    void stopServer() {
        server.connections().forEach(connection -> Published.check("deepgram-speak-v1", connection));
        server.close();
    }
}
