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

    private Providers(ClassLoader loader) {
        this.s2s = load(S2sProvider.class, loader);
        this.stt = load(SttProvider.class, loader);
        this.llm = load(LlmProvider.class, loader);
        this.tts = load(TtsProvider.class, loader);
        this.vad = load(VadProvider.class, loader);
    }

    /** What the class loader of this class, or else the thread's, can see. */
    public static Providers onClassPath() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return new Providers(context != null ? context : Providers.class.getClassLoader());
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

    private static <P extends Provider> List<P> load(Class<P> type, ClassLoader loader) {
        return ServiceLoader.load(type, loader).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Provider::name))
                .toList();
    }
}
