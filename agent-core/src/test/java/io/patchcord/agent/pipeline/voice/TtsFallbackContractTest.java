package io.patchcord.agent.pipeline.voice;

import io.patchcord.agent.contract.TtsEngineContract;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.testing.ScriptedTts;
import io.patchcord.agent.testing.ToneSpeech;
import java.time.Duration;
import java.util.List;

/** Voices that stand in for each other are a voice. */
class TtsFallbackContractTest extends TtsEngineContract {

    @Override
    protected TtsEngine create() {
        ToneSpeech tones = new ToneSpeech();
        return new TtsFallback(
                List.of(new ScriptedTts(tones), new ScriptedTts(tones)),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(60));
    }
}
