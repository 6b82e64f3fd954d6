package io.patchcord.agent.pipeline;

import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.LlmProvider;
import io.patchcord.agent.spi.Provider;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.Providers;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sProvider;
import io.patchcord.agent.spi.StreamingSttEngine;
import io.patchcord.agent.spi.SttEngine;
import io.patchcord.agent.spi.SttProvider;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsProvider;
import io.patchcord.agent.spi.VadEngine;
import io.patchcord.agent.spi.VadProvider;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes the engine of a conversation from the names of providers: the speech-to-speech service of that name if there is one,
 * else a cascade of the parts that have it, or of parts of different providers. Thread-safe.
 */
public final class Conversations {

    private final Providers providers;
    private final ProviderConfig config;

    public Conversations(Providers providers, ProviderConfig config) {
        this.providers = providers;
        this.config = config;
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
        Optional<S2sProvider> whole = choice.isWhole() ? providers.s2s(choice.provider()) : Optional.empty();
        return whole.isPresent() ? whole.get().create(config) : cascade(choice);
    }

    /** Everything is looked up before anything is loaded, so that a mistyped name is told at once. */
    private S2sEngine cascade(ProviderChoice choice) {
        SttProvider stt = find("speech to text", "stt", choice.stt(), choice, SttProvider.class, providers::stt);
        List<LlmProvider> llms = choice.llms().stream()
                .map(name -> find("dialogue", "llm", Optional.of(name), choice, LlmProvider.class, providers::llm))
                .toList();
        TtsProvider tts = find("voice", "tts", choice.tts(), choice, TtsProvider.class, providers::tts);
        Optional<VadProvider> namedVad = choice.vad()
                .map(name -> find(
                        "voice activity detection", "vad", choice.vad(), choice, VadProvider.class, providers::vad));
        CascadeSettings settings = CascadeConfig.settings(config);
        try (Opening opening = new Opening()) {
            SttEngine ears = stt.create(config);
            opening.onFailure(ears::close);
            LlmEngine dialogue = dialogue(llms, opening);
            TtsEngine voice = new CachingTtsEngine(tts.create(config), CascadeConfig.cacheBytes(config));
            opening.onFailure(voice::close);
            Optional<VadEngine> vad = namedVad.or(() -> vadFor(ears, choice)).map(provider -> provider.create(config));
            vad.ifPresent(engine -> opening.onFailure(engine::close));
            S2sEngine cascade = new CascadeEngine(ears, dialogue, voice, vad, settings);
            opening.succeeded();
            return cascade;
        }
    }

    /** The first one that is named, with the later ones to fall back to. */
    private LlmEngine dialogue(List<LlmProvider> llms, Opening opening) {
        LlmEngine dialogue = llms.get(llms.size() - 1).create(config);
        opening.onFailure(dialogue::close);
        for (int i = llms.size() - 2; i >= 0; i--) {
            LlmEngine first = llms.get(i).create(config);
            opening.onFailure(first::close);
            dialogue = new LlmFallback(
                    first, dialogue, CascadeConfig.fallbackAfter(config), CascadeConfig.fallbackRest(config));
        }
        return dialogue;
    }

    /** None for a recogniser that finds the end of a turn itself; else the provider's own, or any. */
    private Optional<VadProvider> vadFor(SttEngine ears, ProviderChoice choice) {
        if (ears instanceof StreamingSttEngine streaming && streaming.detectsTurns()) {
            return Optional.empty();
        }
        return providers.vad(choice.provider()).or(providers::anyVad);
    }

    private <P extends Provider> P find(
            String what,
            String option,
            Optional<String> named,
            ProviderChoice choice,
            Class<P> type,
            Function<String, Optional<P>> lookUp) {
        String name = named.orElse(choice.provider());
        return lookUp.apply(name)
                .orElseThrow(() -> new ProviderException(
                        ProviderException.Kind.CONFIGURATION,
                        (named.isPresent() ? option + "=" + name + ": " : "provider=" + name + ": ") + "there is no "
                                + what + " of that name; " + alternatives(option, named.isEmpty(), type)));
    }

    private String alternatives(String option, boolean whole, Class<? extends Provider> type) {
        List<String> parts = providers.all().stream()
                .filter(type::isInstance)
                .map(Provider::name)
                .distinct()
                .sorted()
                .toList();
        List<String> conversations = providers.conversationNames();
        String forPart = parts.isEmpty()
                ? "no jar on the class path brings one"
                : "choose it with " + option + "= one of " + String.join(", ", parts);
        return whole && !conversations.isEmpty()
                ? forPart + ", or as provider one of " + String.join(", ", conversations)
                : forPart;
    }
}
