package io.patchcord.provider.deepgram;

import io.patchcord.agent.contract.StreamingSttEngineContract;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.StreamingSttEngine;
import io.patchcord.agent.testing.ToneSpeech;
import io.patchcord.provider.socket.testing.FakeSocketServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;

/** Listen v2, which finds the ends of turns itself. */
class FluxContractTest extends StreamingSttEngineContract {

    private final ToneSpeech tones = new ToneSpeech();
    private final FakeSocketServer server = FakeSocketServer.start().serve(() -> new FakeFlux(tones));

    @Override
    protected StreamingSttEngine create() {
        return Ears.engine(server, "flux-general-en");
    }

    @Override
    protected AudioFrame speech() {
        return tones.speak(8_000, "Hello there.");
    }

    @Override
    protected String spokenWord() {
        return "hello";
    }

    @Override
    protected Duration silenceAfterTurn() {
        return Duration.ofMillis(1_500);
    }

    @AfterAll
    void stopServer() {
        server.connections().forEach(connection -> Published.check("deepgram-listen-v2", connection));
        server.close();
    }
}
