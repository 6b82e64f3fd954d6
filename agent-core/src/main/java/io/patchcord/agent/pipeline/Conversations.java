package io.patchcord.agent.pipeline;

import io.patchcord.agent.pipeline.standby.Standbys;
import io.patchcord.agent.pipeline.voice.CachingTtsEngine;
import io.patchcord.agent.pipeline.voice.TtsFallback;
import io.patchcord.agent.spi.Engine;
import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.LlmProvider;
import io.patchcord.agent.spi.Provider;
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
import io.patchcord.agent.spi.VadProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
     *     providers refuse their settings: then with the mistakes of all of them, a line each
     */
    public S2sEngine create(ProviderChoice choice) {
        Making making = new Making(config);
        Optional<CascadeSettings> cascade = making.from(CascadeConfig::settings);
        Optional<FailoverSettings> failover = making.from(FailoverConfig::settings);
        making.from(CascadeConfig::cacheBytes);
        making.from(FailoverConfig::sttAfter);
        making.from(FailoverConfig::llmAfter);
        making.from(FailoverConfig::ttsAfter);
        making.throwMistakes();
        return create(choice, cascade.orElseThrow(), failover.orElseThrow());
    }

    private S2sEngine create(ProviderChoice choice, CascadeSettings settings, FailoverSettings failover) {
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
        Making making = new Making(names.size() > 1 ? config.withStandIn() : config);
        try (Opening opening = new Opening()) {
            LinkedHashMap<String, S2sEngine> engines = new LinkedHashMap<>();
            for (String name : names) {
                CascadeParts cascade = cascades.get(name);
                CascadeSettings own = name.equals(names.get(names.size() - 1)) ? last : before;
                Optional<S2sEngine> engine = cascade == null
                        ? making.from(
                                providers.s2s(name).orElseThrow(() -> new AssertionError(name)), S2sProvider::create)
                        : making.from(unused -> cascade(cascade, own, failover));
                engine.ifPresent(made -> engines.put(name, opened(made, opening)));
            }
            Stream<S2sEngine> ofParts = cascades.keySet().stream().map(engines::get);
            Optional<TtsEngine> spareVoice = spareVoice(ofParts, voice, making, opening);
            making.throwMistakes();
            FailoverEngine engine = new FailoverEngine(engines, spareVoice, failover);
            opening.succeeded();
            return engine;
        }
    }

    /** The voice of a cascade, if there is one, needs not be loaded twice. */
    private Optional<TtsEngine> spareVoice(
            Stream<S2sEngine> ofParts, Optional<TtsProvider> found, Making making, Opening opening) {
        if (FailoverConfig.isVoiceOff(config)) {
            return Optional.empty();
        }
        return ofParts.filter(CascadeEngine.class::isInstance)
                .map(cascade -> ((CascadeEngine) cascade).voice())
                .findFirst()
                .filter(unused -> FailoverConfig.voice(config).isEmpty())
                .or(() -> found.flatMap(provider -> making.from(provider, TtsProvider::create))
                        .map(voice -> opened(cached(voice), opening)));
    }

    private S2sEngine cascade(CascadeParts found, CascadeSettings settings, FailoverSettings failover) {
        Making making = new Making(config);
        try (Opening opening = new Opening()) {
            List<SttEngine> ears = engines(found.stt(), SttProvider::create, making, opening);
            List<LlmEngine> dialogues = engines(found.llm(), LlmProvider::create, making, opening);
            List<TtsEngine> voices =
                    engines(found.tts(), (provider, read) -> cached(provider.create(read)), making, opening);
            Optional<VadEngine> vad = found.vad(ears)
                    .flatMap(provider -> making.from(provider, VadProvider::create))
                    .map(engine -> opened(engine, opening));
            making.throwMistakes();
            S2sEngine cascade = new CascadeEngine(
                    new Standbys<>(ears, failover.rests(), System::nanoTime),
                    dialogue(dialogues, failover),
                    voice(voices, failover),
                    vad,
                    withFallback(settings, ears.size(), voices.size()));
            opening.succeeded();
            return cascade;
        }
    }

    private static <P extends Provider, E extends Engine> List<E> engines(
            List<P> found, Making.MadeBy<P, E> create, Making making, Opening opening) {
        Making.MadeBy<P, E> ofSeveral =
                found.size() == 1 ? create : (provider, settings) -> create.create(provider, settings.withStandIn());
        return found.stream()
                .flatMap(provider -> making.from(provider, ofSeveral).stream())
                .map(engine -> opened(engine, opening))
                .toList();
    }

    private LlmEngine dialogue(List<LlmEngine> dialogues, FailoverSettings failover) {
        return dialogues.size() == 1
                ? dialogues.get(0)
                : new LlmFallback(dialogues, FailoverConfig.llmAfter(config), failover.rest(), failover.longestRest());
    }

    private TtsEngine voice(List<TtsEngine> voices, FailoverSettings failover) {
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
