package io.patchcord.agent.pipeline;

import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.LlmProvider;
import io.patchcord.agent.spi.Provider;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sProvider;
import io.patchcord.agent.spi.SttEngine;
import io.patchcord.agent.spi.SttProvider;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsProvider;
import io.patchcord.agent.spi.VadEngine;
import io.patchcord.agent.spi.VadProvider;
import io.patchcord.agent.testing.ManualCallLoop;
import io.patchcord.agent.testing.ScriptedLlm;
import io.patchcord.agent.testing.ScriptedStreamingStt;
import io.patchcord.agent.testing.ScriptedStt;
import io.patchcord.agent.testing.ScriptedTts;
import io.patchcord.agent.testing.ScriptedVad;
import io.patchcord.agent.testing.ToneSpeech;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Providers of scripted parts under any names; what they have made is noted. */
abstract class NamedProviders {

    final List<String> made = new ArrayList<>();
    /** Of those who are told about it: recognisers, and providers of the whole. */
    final List<String> haveStandIns = new ArrayList<>();

    final ToneSpeech tones = new ToneSpeech();
    final ScriptedTts voice = new ScriptedTts(tones);

    private abstract class Named implements Provider {

        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public final String name() {
            return name;
        }

        final void made(String part) {
            made.add(part + " " + name);
        }

        final void made(String part, ProviderConfig config) {
            made(part);
            if (config.hasStandIn()) {
                haveStandIns.add(name);
            }
        }
    }

    final class Stt extends Named implements SttProvider {

        final ScriptedStt engine = new ScriptedStt(new ManualCallLoop(), tones);

        Stt(String name) {
            super(name);
        }

        @Override
        public SttEngine create(ProviderConfig config) {
            made("stt", config);
            return engine;
        }
    }

    /** A recogniser that needs no detector. */
    final class FindsTurns extends Named implements SttProvider {

        FindsTurns(String name) {
            super(name);
        }

        @Override
        public SttEngine create(ProviderConfig config) {
            made("stt", config);
            return new ScriptedStreamingStt(tones, true);
        }
    }

    final class Llm extends Named implements LlmProvider {

        Llm(String name) {
            super(name);
        }

        @Override
        public LlmEngine create(ProviderConfig config) {
            made("llm");
            return new ScriptedLlm(name() + "'s script").greeting("Welcome.").fixedSentences("Goodbye.");
        }
    }

    final class Tts extends Named implements TtsProvider {

        Tts(String name) {
            super(name);
        }

        @Override
        public TtsEngine create(ProviderConfig config) {
            made("tts");
            return voice;
        }
    }

    final class Vad extends Named implements VadProvider {

        Vad(String name) {
            super(name);
        }

        @Override
        public VadEngine create(ProviderConfig config) {
            made("vad");
            return new ScriptedVad();
        }
    }

    final class Whole extends Named implements S2sProvider {

        Whole(String name) {
            super(name);
        }

        @Override
        public S2sEngine create(ProviderConfig config) {
            made("s2s", config);
            return new CascadeEngine(
                    new ScriptedStt(new ManualCallLoop(), tones),
                    new ScriptedLlm(),
                    voice,
                    Optional.of(new ScriptedVad()),
                    CascadeSettings.defaults());
        }
    }

    /** A dialogue and a voice that need a key of their own, and take a speed. */
    record Keyless(String name) implements LlmProvider, TtsProvider {

        @Override
        public Engines create(ProviderConfig config) {
            config.integer("SPEED", 1, 1, 9);
            config.require(name.toUpperCase(Locale.ROOT) + "_KEY");
            throw new AssertionError("made without a key");
        }

        /** Never made. */
        private interface Engines extends LlmEngine, TtsEngine {}
    }
}
