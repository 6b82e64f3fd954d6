package io.patchcord.examples;

import io.patchcord.agent.contract.S2sEngineContract;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.testing.ToneSpeech;
import java.util.Map;

/** What holds for every speech-to-speech engine: this is all that the author of one has to write. */
class ParrotEngineTest extends S2sEngineContract {

    @Override
    protected S2sEngine create() {
        return new ParrotProvider().create(ProviderConfig.of(Map.of("PARROT_PAUSE", "300ms")));
    }

    @Override
    protected AudioFrame callerTurn() {
        return new ToneSpeech().speak(8_000, "say that again please");
    }
}
