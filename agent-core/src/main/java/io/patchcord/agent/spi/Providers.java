package io.patchcord.agent.spi;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * The providers on the class path, found by {@link ServiceLoader}: the one place where they are loaded. Immutable,
 * thread-safe.
 */
public final class Providers {

    private final List<S2sProvider> s2s;
    private final List<SttProvider> stt;
    private final List<LlmProvider> llm;
    private final List<TtsProvider> tts;
    private final List<VadProvider> vad;

    private Providers(List<Provider> all) {
        this.s2s = only(S2sProvider.class, all);
        this.stt = only(SttProvider.class, all);
        this.llm = only(LlmProvider.class, all);
        this.tts = only(TtsProvider.class, all);
        this.vad = only(VadProvider.class, all);
    }

    /** What the class loader of this class, or else the thread's, can see. */
    public static Providers onClassPath() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context != null ? context : Providers.class.getClassLoader();
        return new Providers(
                Stream.of(S2sProvider.class, SttProvider.class, LlmProvider.class, TtsProvider.class, VadProvider.class)
                        .<Provider>flatMap(type -> load(type, loader))
                        .toList());
    }

    /** These, whether or not they are registered. */
    public static Providers of(Provider... providers) {
        return new Providers(List.of(providers));
    }

    public Optional<S2sProvider> s2s(String name) {
        return named(s2s, name);
    }

    public Optional<SttProvider> stt(String name) {
        return named(stt, name);
    }

    public Optional<LlmProvider> llm(String name) {
        return named(llm, name);
    }

    public Optional<TtsProvider> tts(String name) {
        return named(tts, name);
    }

    public Optional<VadProvider> vad(String name) {
        return named(vad, name);
    }

    /** Any VAD there is, for a cascade whose STT does not find the end of a turn itself. */
    public Optional<VadProvider> anyVad() {
        return vad.stream().findFirst();
    }

    /** All of them, of every kind. */
    public List<Provider> all() {
        return Stream.<List<? extends Provider>>of(s2s, stt, llm, tts, vad)
                .<Provider>flatMap(List::stream)
                .toList();
    }

    /** The names under which a whole conversation can be had: a speech-to-speech provider, or all of STT, LLM and TTS. */
    public List<String> conversationNames() {
        return all().stream()
                .map(Provider::name)
                .distinct()
                .filter(name -> s2s(name).isPresent()
                        || (stt(name).isPresent()
                                && llm(name).isPresent()
                                && tts(name).isPresent()))
                .sorted()
                .toList();
    }

    private static <P extends Provider> Optional<P> named(List<P> providers, String name) {
        return providers.stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst();
    }

    private static <P extends Provider> List<P> only(Class<P> type, List<Provider> all) {
        return all.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .sorted(Comparator.comparing(Provider::name))
                .toList();
    }

    private static Stream<? extends Provider> load(Class<? extends Provider> type, ClassLoader loader) {
        return ServiceLoader.load(type, loader).stream().map(ServiceLoader.Provider::get);
    }
}
