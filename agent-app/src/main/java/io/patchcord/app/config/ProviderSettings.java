package io.patchcord.app.config;

import io.patchcord.agent.pipeline.CascadeConfig;
import io.patchcord.agent.pipeline.Conversations;
import io.patchcord.agent.pipeline.FailoverConfig;
import io.patchcord.agent.pipeline.ProviderChoice;
import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.LlmProvider;
import io.patchcord.agent.spi.Provider;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.Providers;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.SttProvider;
import io.patchcord.agent.spi.TtsProvider;
import io.patchcord.agent.spi.VadProvider;
import io.patchcord.app.config.Setting.Handling;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which provider does what, of those in the jar, and the settings which these read. Immutable. */
public final class ProviderSettings {

    static final String SECTION = "Who listens, thinks and speaks";

    private final Providers providers;
    private final Setting<String> provider;
    private final Setting<String> stt;
    private final Setting<String> llm;
    private final Setting<String> tts;
    private final Setting<String> vad;

    public ProviderSettings(Providers providers) {
        this.providers = providers;
        List<String> names = providers.conversationNames();
        this.provider = Setting.of(
                        SECTION,
                        "AI_PROVIDER",
                        namesOf(names, "cannot hold a conversation by itself"),
                        defaultOf(names),
                        "Provider of the whole conversation; with commas, those that stand in for it when it fails")
                .withFlag("--provider");
        this.stt = parts(
                "STT_PROVIDER",
                SttProvider.class,
                "--stt",
                "Provider of speech recognition",
                "has no speech recognition");
        this.llm =
                parts("LLM_PROVIDER", LlmProvider.class, "--llm", "Provider of the answers", "has no language model");
        this.tts = parts("TTS_PROVIDER", TtsProvider.class, "--tts", "Provider of the voice", "has no voice");
        this.vad = Setting.of(
                        SECTION,
                        "VAD_PROVIDER",
                        ValueType.choice(names(VadProvider.class)),
                        "",
                        "Provider of voice activity detection, if another")
                .withFlag("--vad");
    }

    /** The only one in the jar, or else the one that needs no key. */
    private static String defaultOf(List<String> names) {
        if (names.size() == 1) {
            return names.get(0);
        }
        return names.contains("local") ? "local" : "";
    }

    private Setting<String> parts(
            String name, Class<? extends Provider> kind, String flag, String description, String lacking) {
        String whole = description + ", if another; with commas, those that stand in for it when it fails";
        return Setting.of(SECTION, name, namesOf(names(kind), lacking), "", whole)
                .withFlag(flag);
    }

    private ValueType<String> namesOf(List<String> able, String lacking) {
        return new ProviderNames(able, names(Provider.class), lacking).type();
    }

    private List<String> names(Class<? extends Provider> kind) {
        return providers.all().stream()
                .filter(kind::isInstance)
                .map(Provider::name)
                .distinct()
                .sorted()
                .toList();
    }

    /** The providers of whole conversations in this jar. */
    List<String> names() {
        return providers.conversationNames();
    }

    Setting<String> provider() {
        return provider;
    }

    /** The name of the conversation that is to be loaded, or several; empty if the settings do not say which. */
    public Optional<String> chosen(Configuration configuration) {
        boolean allParts = Stream.of(stt, llm, tts)
                .allMatch(part -> configuration.find(part).isPresent());
        return configuration.find(provider).or(() -> allParts ? Optional.of("cascade") : Optional.empty());
    }

    /**
     * Makes the engine of the conversation.
     *
     * @throws ProviderException of kind CONFIGURATION for providers that are not there or settings that cannot work
     */
    public S2sEngine create(String name, Configuration configuration) {
        return new Conversations(providers, configuration.forProviders())
                .create(new ProviderChoice(
                        name,
                        configuration.find(stt),
                        configuration.find(llm),
                        configuration.find(tts),
                        configuration.find(vad)));
    }

    /** The choice of providers, then what each of them reads. */
    Stream<Setting<?>> all() {
        return Stream.concat(
                Stream.of(provider, stt, llm, tts, vad),
                Stream.concat(
                        Stream.concat(
                                CascadeConfig.keys().stream().map(key -> of("Turns and time-outs", key)),
                                FailoverConfig.keys().stream().map(key -> of("When a provider fails", key))),
                        providers.all().stream()
                                .flatMap(each ->
                                        each.configKeys().stream().map(key -> of("Provider " + each.name(), key)))));
    }

    private static Setting<?> of(String section, ConfigKey key) {
        String description = key.description();
        String sentence = description.isEmpty()
                ? description
                : Character.toUpperCase(description.charAt(0)) + description.substring(1);
        ValueType<String> type = new ValueType<>(label(key.defaultValue()), text -> text);
        return Setting.of(section, key.name(), type, key.defaultValue(), sentence)
                .withHandling(key.secret() ? Handling.SECRET : Handling.PLAIN);
    }

    /** For the help: a provider parses its values itself, and its default shows what they look like. */
    private static String label(String defaultValue) {
        if (defaultValue.matches("true|false")) {
            return ValueType.FLAG.label();
        }
        if (defaultValue.matches("\\d+(ms|s|m|h)")) {
            return ValueType.DURATION.label();
        }
        return defaultValue.matches("\\d+(\\.\\d+)?") ? "NUMBER" : ValueType.TEXT.label();
    }
}
