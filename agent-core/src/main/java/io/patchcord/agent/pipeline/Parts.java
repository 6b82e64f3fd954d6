package io.patchcord.agent.pipeline;

import io.patchcord.agent.spi.LlmProvider;
import io.patchcord.agent.spi.Provider;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.Providers;
import io.patchcord.agent.spi.SttProvider;
import io.patchcord.agent.spi.TtsProvider;
import io.patchcord.agent.spi.VadProvider;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Looks up the providers of a cascade's parts, and says what there is instead of one that is not. Thread-safe. */
final class Parts {

    private final Providers providers;

    Parts(Providers providers) {
        this.providers = providers;
    }

    /**
     * All parts of the choice.
     *
     * @throws ProviderException of kind CONFIGURATION if one of them is not there
     */
    CascadeParts find(ProviderChoice choice) {
        List<VadProvider> vad = choice.vad().isEmpty()
                ? List.of()
                : all("voice activity detection", "vad", choice.vad(), choice, VadProvider.class, providers::vad);
        return new CascadeParts(
                all("speech to text", "stt", choice.stt(), choice, SttProvider.class, providers::stt),
                all("dialogue", "llm", choice.llm(), choice, LlmProvider.class, providers::llm),
                all("voice", "tts", choice.tts(), choice, TtsProvider.class, providers::tts),
                vad.stream().findFirst(),
                choice.names("provider", choice.provider()).stream()
                        .flatMap(name -> providers.vad(name).stream())
                        .findFirst()
                        .or(providers::anyVad));
    }

    /**
     * The provider of a voice for sentences that no session can say: the one that is set, else one of these providers.
     *
     * @throws ProviderException of kind CONFIGURATION if the one that is set is not there
     */
    Optional<TtsProvider> spareVoice(ProviderConfig config, List<String> names) {
        Optional<String> named = FailoverConfig.voice(config);
        if (named.isPresent()) {
            return Optional.of(providers
                    .tts(named.get())
                    .orElseThrow(() -> missing(
                            "FAILOVER_VOICE=" + named.get() + ": there is no voice of that name",
                            "write none, or " + alternatives("FAILOVER_VOICE", false, TtsProvider.class))));
        }
        return names.stream().flatMap(name -> providers.tts(name).stream()).findFirst();
    }

    private <P extends Provider> List<P> all(
            String what,
            String option,
            Optional<String> named,
            ProviderChoice choice,
            Class<P> type,
            Function<String, Optional<P>> lookUp) {
        String written = named.isPresent() ? option : "provider";
        return choice.names(written, named.orElse(choice.provider())).stream()
                .map(name -> lookUp.apply(name)
                        .orElseThrow(() -> missing(
                                named.isEmpty() && isKnown(name)
                                        ? "provider=" + name + ": it has no " + what + " of its own"
                                        : written + "=" + name + ": there is no " + what + " of that name",
                                alternatives(option, named.isEmpty(), type))))
                .toList();
    }

    private boolean isKnown(String name) {
        return providers.all().stream().anyMatch(provider -> provider.name().equals(name));
    }

    private static ProviderException missing(String what, String alternatives) {
        return new ProviderException(ProviderException.Kind.CONFIGURATION, what + "; " + alternatives);
    }

    private String alternatives(String option, boolean whole, Class<? extends Provider> type) {
        List<String> names = providers.all().stream()
                .filter(type::isInstance)
                .map(Provider::name)
                .distinct()
                .sorted()
                .toList();
        List<String> conversations = providers.conversationNames();
        String forPart = names.isEmpty()
                ? "no provider here has one; add the jar of one that does"
                : "choose it with " + option + "= one of " + String.join(", ", names);
        return whole && !conversations.isEmpty()
                ? forPart + ", or take everything from one of " + String.join(", ", conversations)
                : forPart;
    }
}
