package io.patchcord.provider.openai;

import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.SttEngine;
import io.patchcord.agent.spi.SttProvider;
import io.patchcord.openai.compatible.TranscriptionEngine;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * OpenAI's recognisers as the ears of a cascade: {@code --stt=openai}. As a stream over the Realtime API, which finds the ends of
 * turns, or one request for each stretch of speech that a detector of our own finds.
 */
public final class OpenAiSttProvider implements SttProvider {

    private static final String API = "OPENAI_STT_API";
    private static final String REALTIME = "realtime";
    private static final String TRANSCRIPTIONS = "transcriptions";
    private static final String AUDIO = "OPENAI_STT_AUDIO";
    private static final String TIMEOUT = "OPENAI_STT_TIMEOUT";
    private static final String SESSION_LIMIT = "OPENAI_STT_SESSION_LIMIT";
    private static final String TRIES = "OPENAI_STT_TRIES";

    /** What is asked for in the same way by both. */
    private static final Set<String> OF_BOTH =
            Set.of(API, TIMEOUT, "OPENAI_STT_MODEL", "OPENAI_STT_PROMPT", "OPENAI_STT_LANGUAGE");

    private static final ListeningConfig LISTENING = ListeningConfig.ofTranscription();

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public List<ConfigKey> configKeys() {
        List<ConfigKey> own = List.of(
                ConfigKey.of(
                        API,
                        "realtime, or transcriptions: one request for each stretch of speech, beside a voice detector",
                        REALTIME),
                ConfigKey.of(AUDIO, "how audio is sent: pcmu, pcma, pcm, or auto for what suits the call", "auto"),
                ConfigKey.of(TIMEOUT, "until a session is ready, and until the words of a turn come", "5s"),
                ConfigKey.of(SESSION_LIMIT, "age at which another session takes over, between two turns", "50m"),
                ConfigKey.of(
                        TRIES,
                        "how often a session is tried to be had before it fails; 1 where another provider takes over",
                        String.valueOf(RealtimeSettings.Limits.USUAL_TRIES)));
        return Stream.of(OpenAiAccount.keys(), LISTENING.keys(), own)
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public SttEngine create(ProviderConfig config) {
        return Choices.one(config, API, List.of(REALTIME, TRANSCRIPTIONS)).equals(REALTIME)
                ? realtime(config)
                : transcriptions(config);
    }

    /** Stretch by stretch. */
    private SttEngine transcriptions(ProviderConfig config) {
        configKeys().stream()
                .map(ConfigKey::name)
                .filter(name -> name.startsWith("OPENAI_STT_") && !OF_BOTH.contains(name))
                .filter(name -> config.get(name).isPresent())
                .findFirst()
                .ifPresent(name -> {
                    throw new ProviderException(
                            ProviderException.Kind.CONFIGURATION,
                            name + " is for " + API + "=" + REALTIME + ": leave one of the two out");
                });
        OpenAiAccount account = OpenAiAccount.from(config);
        RealtimeSettings.Transcription asked =
                LISTENING.read(config).transcription().orElseThrow();
        TranscriptionEngine.Builder builder = account.identify(
                        TranscriptionEngine.builder(account.baseUrl(), asked.model()))
                .timeout(timeout(config));
        asked.prompt().ifPresent(builder::prompt);
        asked.language().ifPresent(builder::language);
        return builder.build();
    }

    private static Duration timeout(ProviderConfig config) {
        return Choices.duration(config, TIMEOUT, Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofMinutes(1));
    }

    /** As a stream. */
    private static SttEngine realtime(ProviderConfig config) {
        OpenAiAccount account = OpenAiAccount.from(config);
        Duration setup = timeout(config);
        Duration session = Choices.duration(
                config, SESSION_LIMIT, Duration.ofMinutes(50), Duration.ofSeconds(10), Duration.ofHours(24));
        return new RealtimeSttEngine(
                account,
                LISTENING.read(config),
                new RealtimeSettings.Limits(setup, setup, session, RealtimeSettings.Limits.tries(config, TRIES)),
                WireAudio.configured(config, AUDIO),
                new NettySockets(account, setup));
    }
}
