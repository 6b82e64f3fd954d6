package io.patchcord.openai.compatible;

import io.patchcord.agent.contract.SegmentSttEngineContract;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.SegmentSttEngine;
import io.patchcord.agent.testing.ToneSpeech;
import org.junit.jupiter.api.AfterAll;

class TranscriptionContractTest extends SegmentSttEngineContract {

    private final FakeAudioServer server = new FakeAudioServer();

    @Override
    protected SegmentSttEngine create() {
        return TranscriptionEngine.builder(server.uri(), "whisper-1").build();
    }

    @Override
    protected AudioFrame speech() {
        return new ToneSpeech().speak(16_000, "when are you open");
    }

    @Override
    protected String spokenWord() {
        return "open";
    }

    @AfterAll
    void stopServer() {
        server.close();
    }
}
