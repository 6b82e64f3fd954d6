package io.patchcord.provider.openai;

import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.SttEngine;
import io.patchcord.agent.spi.SttProvider;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** OpenAI's recognisers as the ears of a cascade: {@code --stt=openai}. */
public final class OpenAiSttProvider implements SttProvider {

    private static final String AUDIO = "OPENAI_STT_AUDIO";
    private static final String TIMEOUT = "OPENAI_STT_TIMEOUT";
    private static final String SESSION_LIMIT = "OPENAI_STT_SESSION_LIMIT";

    private static final ListeningConfig LISTENING = ListeningConfig.ofTranscription();

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public List<ConfigKey> configKeys() {
        List<ConfigKey> own = List.of(
                ConfigKey.of(AUDIO, "how audio is sent: pcmu, pcma or pcm", "pcmu"),
                ConfigKey.of(TIMEOUT, "how long it may take until a session is ready", "5s"),
                ConfigKey.of(SESSION_LIMIT, "age at which another session takes over, between two turns", "50m"));
        return Stream.of(OpenAiAccount.keys(), LISTENING.keys(), own)
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public SttEngine create(ProviderConfig config) {
        return realtime(config);
    }

    /** As a stream. */
    private static SttEngine realtime(ProviderConfig config) {
        OpenAiAccount account = OpenAiAccount.from(config);
        Duration setup =
                Choices.duration(config, TIMEOUT, Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofMinutes(1));
        Duration session = Choices.duration(
                config, SESSION_LIMIT, Duration.ofMinutes(50), Duration.ofSeconds(10), Duration.ofHours(24));
        WireAudio wire = switch (Choices.one(config, AUDIO, List.of("pcmu", "pcma", "pcm"))) {
            case "pcma" -> WireAudio.PCMA;
            case "pcm" -> WireAudio.PCM;
            default -> WireAudio.PCMU;
        };
        return new RealtimeSttEngine(
                account,
                LISTENING.read(config),
                new RealtimeSettings.Limits(setup, setup, session),
                wire,
                new NettySockets(account, setup));
    }
}
