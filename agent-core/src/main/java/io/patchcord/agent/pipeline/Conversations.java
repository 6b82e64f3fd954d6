package io.patchcord.agent.pipeline;

import io.patchcord.agent.spi.Engine;
import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.LlmProvider;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.Providers;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sProvider;
import io.patchcord.agent.spi.SttEngine;
import io.patchcord.agent.spi.SttProvider;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsProvider;
import io.patchcord.agent.spi.VadEngine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the engine of a conversation from the names of providers: the speech-to-speech service of that name if there is one,
 * else a cascade of the parts that have it, or of parts of different providers. Where several are named they stand in for
 * each other. Thread-safe.
 */
public final class Conversations {

    private final Providers providers;
    private final ProviderConfig config;
    private final Parts parts;

    public Conversations(Providers providers, ProviderConfig config) {
        this.providers = providers;
        this.config = config;
        this.parts = new Parts(providers);
    }

    /** With the providers on the class path. */
    public static Conversations onClassPath(ProviderConfig config) {
        return new Conversations(Providers.onClassPath(), config);
    }

    /**
     * Makes the engine; loads models and checks settings, and so may take seconds. What it says word for word can be made
     * ready with {@link S2sEngine#prepare} afterwards.
     *
     * @throws ProviderException of kind CONFIGURATION if there is no such provider, if the combination cannot work, or if
     *     a provider refuses its settings
     */
    public S2sEngine create(ProviderChoice choice) {
        CascadeSettings settings = CascadeConfig.settings(config);
        FailoverSettings failover = FailoverConfig.settings(config);
        if (!choice.isWhole()) {
            return cascade(parts.find(choice), settings, failover);
        }
        List<String> names = choice.names("provider", choice.provider());
        // Everything is looked up before anything is loaded, so that a mistyped name is told at once.
        Map<String, CascadeParts> cascades = new LinkedHashMap<>();
        for (String name : names) {
            if (providers.s2s(name).isEmpty()) {
                cascades.put(name, parts.find(ProviderChoice.of(name)));
            }
        }
        CascadeParts only = cascades.get(names.get(0));
        return names.size() == 1 && only != null
                ? cascade(only, settings, failover)
                : failover(names, cascades, settings, failover);
    }

    /** One after the other; a cascade among them leaves the farewell to the others, and does not wait for a second failure. */
    private S2sEngine failover(
            List<String> names,
            Map<String, CascadeParts> cascades,
            CascadeSettings settings,
            FailoverSettings failover) {
        Optional<TtsProvider> voice = parts.spareVoice(config, names);
        CascadeSettings.Builder quiet =
                settings.toBuilder().phrases(settings.phrases().withoutFarewell());
        CascadeSettings last = quiet.build();
        CascadeSettings before = quiet.failuresToGiveUp(1).build();
        try (Opening opening = new Opening()) {
            LinkedHashMap<String, S2sEngine> engines = new LinkedHashMap<>();
            for (String name : names) {
                CascadeParts cascade = cascades.get(name);
                boolean isLast = engines.size() == names.size() - 1;
                S2sEngine engine = cascade == null ? whole(name) : cascade(cascade, isLast ? last : before, failover);
                opening.onFailure(engine::close);
                engines.put(name, engine);
            }
            Optional<TtsEngine> ofCascade = cascades.keySet().stream()
                    .map(engines::get)
                    .filter(CascadeEngine.class::isInstance)
                    .map(cascade -> ((CascadeEngine) cascade).voice())
                    .findFirst();
            FailoverEngine engine = new FailoverEngine(engines, spareVoice(ofCascade, voice), failover);
            opening.succeeded();
            return engine;
        }
    }

    private S2sEngine whole(String name) {
        S2sProvider provider = providers.s2s(name).orElseThrow(() -> new AssertionError(name));
        return provider.create(config);
    }

    /** The voice of a cascade, if there is one, needs not be loaded twice. */
    private Optional<TtsEngine> spareVoice(Optional<TtsEngine> ofCascade, Optional<TtsProvider> found) {
        if (FailoverConfig.isVoiceOff(config)) {
            return Optional.empty();
        }
        return ofCascade
                .filter(unused -> FailoverConfig.voice(config).isEmpty())
                .or(() -> found.map(provider -> cached(provider.create(config))));
    }

    private S2sEngine cascade(CascadeParts found, CascadeSettings settings, FailoverSettings failover) {
        try (Opening opening = new Opening()) {
            List<SttEngine> ears = new ArrayList<>();
            for (SttProvider stt : found.stt()) {
                ears.add(opened(stt.create(config), opening));
            }
            LlmEngine dialogue = dialogue(found.llm(), failover, opening);
            TtsEngine voice = voice(found.tts(), failover, opening);
            Optional<VadEngine> vad = found.vad(ears).map(provider -> provider.create(config));
            vad.ifPresent(engine -> opening.onFailure(engine::close));
            S2sEngine cascade = new CascadeEngine(
                    new Standbys<>(ears, failover.rests(), System::nanoTime),
                    dialogue,
                    voice,
                    vad,
                    withFallback(settings, ears.size(), found.tts().size()));
            opening.succeeded();
            return cascade;
        }
    }

    private LlmEngine dialogue(List<LlmProvider> llms, FailoverSettings failover, Opening opening) {
        List<LlmEngine> dialogues = new ArrayList<>();
        for (LlmProvider llm : llms) {
            dialogues.add(opened(llm.create(config), opening));
        }
        return dialogues.size() == 1
                ? dialogues.get(0)
                : new LlmFallback(dialogues, FailoverConfig.llmAfter(config), failover.rest(), failover.longestRest());
    }

    private TtsEngine voice(List<TtsProvider> ttss, FailoverSettings failover, Opening opening) {
        List<TtsEngine> voices = new ArrayList<>();
        for (TtsProvider tts : ttss) {
            voices.add(opened(cached(tts.create(config)), opening));
        }
        return voices.size() == 1
                ? voices.get(0)
                : new TtsFallback(voices, FailoverConfig.ttsAfter(config), failover.rest(), failover.longestRest());
    }

    /** A part that another stands in for has less time, and one more try of its own would take that from the other. */
    private CascadeSettings withFallback(CascadeSettings settings, int recognisers, int voices) {
        CascadeSettings.Deadlines deadlines = settings.deadlines();
        CascadeSettings.Builder builder = settings.toBuilder();
        if (recognisers > 1) {
            deadlines = deadlines.withTranscript(FailoverConfig.sttAfter(config));
            builder.recognisesAgain(false);
        }
        if (voices > 1) {
            deadlines = deadlines.withNextAudio(
                    deadlines.nextAudio().plus(FailoverConfig.ttsAfter(config).multipliedBy(voices - 1L)));
        }
        return builder.deadlines(deadlines).build();
    }

    private TtsEngine cached(TtsEngine voice) {
        return new CachingTtsEngine(voice, CascadeConfig.cacheBytes(config));
    }

    private static <E extends Engine> E opened(E engine, Opening opening) {
        opening.onFailure(engine::close);
        return engine;
    }
}
