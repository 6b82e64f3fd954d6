package io.patchcord.provider.openai;

import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsProvider;
import io.patchcord.openai.compatible.SpeechEngine;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** OpenAI's voices as the voice of a cascade: {@code --tts=openai}. */
public final class OpenAiTtsProvider implements TtsProvider {

    private static final String MODEL = "OPENAI_TTS_MODEL";
    private static final String VOICE = "OPENAI_TTS_VOICE";
    private static final String INSTRUCTIONS = "OPENAI_TTS_INSTRUCTIONS";
    private static final String SPEED = "OPENAI_TTS_SPEED";
    private static final String TIMEOUT = "OPENAI_TTS_TIMEOUT";
    private static final String DEFAULT_MODEL = "gpt-4o-mini-tts";
    private static final String DEFAULT_VOICE = "alloy";

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public List<ConfigKey> configKeys() {
        List<ConfigKey> own = List.of(
                ConfigKey.of(MODEL, "model that speaks in a cascade", DEFAULT_MODEL),
                ConfigKey.of(VOICE, "its voice where a call names none", DEFAULT_VOICE),
                ConfigKey.of(INSTRUCTIONS, "how it shall speak, in words; not for tts-1", ""),
                ConfigKey.of(SPEED, "how fast it speaks, 0.25 to 4 (1 unless set)", ""),
                ConfigKey.of(TIMEOUT, "how long each piece of audio may take", "10s"));
        return Stream.of(OpenAiAccount.keys(), own).flatMap(List::stream).toList();
    }

    @Override
    public TtsEngine create(ProviderConfig config) {
        OpenAiAccount account = OpenAiAccount.from(config);
        SpeechEngine.Builder builder = account.identify(SpeechEngine.builder(
                        account.baseUrl(), config.get(MODEL, DEFAULT_MODEL), config.get(VOICE, DEFAULT_VOICE)))
                .timeout(Choices.duration(
                        config, TIMEOUT, Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMinutes(5)));
        config.get(INSTRUCTIONS).ifPresent(builder::instructions);
        if (config.get(SPEED).isPresent()) {
            builder.speed(config.number(SPEED, 1, 0.25, 4));
        }
        return builder.build();
    }
}
