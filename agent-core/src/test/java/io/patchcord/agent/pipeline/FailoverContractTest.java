package io.patchcord.agent.pipeline;

import io.patchcord.agent.contract.S2sEngineContract;
import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.S2sCapabilities;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sListener;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import io.patchcord.agent.testing.ScriptedLlm;
import io.patchcord.agent.testing.ScriptedStt;
import io.patchcord.agent.testing.ScriptedTts;
import io.patchcord.agent.testing.ScriptedVad;
import io.patchcord.agent.testing.ThreadCallLoop;
import io.patchcord.agent.testing.ToneSpeech;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;

/** Engines that stand in for each other are an engine, even if the first is never there. */
class FailoverContractTest extends S2sEngineContract {

    private final ThreadCallLoop clock = new ThreadCallLoop();
    private final ToneSpeech tones = new ToneSpeech();

    @AfterAll
    void stopClock() {
        clock.close();
    }

    @Override
    protected S2sEngine create() {
        LinkedHashMap<String, S2sEngine> engines = new LinkedHashMap<>();
        engines.put("absent", new Absent());
        engines.put("present", cascade(clock));
        return new FailoverEngine(engines, Optional.of(new ScriptedTts(tones)), FailoverSettings.DEFAULT);
    }

    private CascadeEngine cascade(CallLoop loop) {
        return new CascadeEngine(
                new ScriptedStt(loop, tones),
                new ScriptedLlm().when("", "We are open from nine to five."),
                new ScriptedTts(tones),
                Optional.of(new ScriptedVad()),
                CascadeSettings.defaults());
    }

    @Override
    protected AudioFrame callerTurn() {
        return tones.speak(8_000, "What are your hours?");
    }

    /** Refuses every call. */
    private static final class Absent implements S2sEngine {

        @Override
        public String description() {
            return "absent";
        }

        @Override
        public S2sCapabilities capabilities() {
            return new S2sCapabilities(true, true, true);
        }

        @Override
        public S2sSession open(S2sRequest request, S2sListener listener) {
            throw new ProviderException(ProviderException.Kind.UNAVAILABLE, "nobody is there");
        }

        @Override
        public void close() {}
    }
}
