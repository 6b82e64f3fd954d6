package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchcord.agent.contract.ProviderContract;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.spi.Provider;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.TtsEngine;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiTtsProviderTest extends ProviderContract {

    private final OpenAiTtsProvider provider = new OpenAiTtsProvider();

    @Override
    protected Provider provider() {
        return provider;
    }

    @Test
    void withAKey_isTheUsualVoiceUnlessAnotherIsNamed() {
        try (TtsEngine usual = provider.create(config("OPENAI_TTS_MODEL", ""));
                TtsEngine other = provider.create(config("OPENAI_TTS_VOICE", "marin"));
                TtsEngine gateway = provider.create(config("OPENAI_BASE_URL", "http://127.0.0.1:9"))) {
            assertThat(usual.description()).isEqualTo("gpt-4o-mini-tts (alloy) at api.openai.com");
            assertThat(usual.outputFormat()).isEqualTo(AudioFormat.SLIN_24K);
            assertThat(other.description()).isEqualTo("gpt-4o-mini-tts (marin) at api.openai.com");
            assertThat(gateway.description()).isEqualTo("gpt-4o-mini-tts (alloy) at 127.0.0.1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI_API_KEY, ''",
        "OPENAI_BASE_URL, api.openai.com",
        "OPENAI_TTS_SPEED, 5",
        "OPENAI_TTS_TIMEOUT, 0s",
        "OPENAI_TTS_TIMEOUT, soon",
    })
    void settingThatCannotWork_isNamed_withoutTheKey(String name, String value) {
        assertThatThrownBy(() -> provider.create(config(name, value)).close())
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        e -> assertThat(e.kind()).isEqualTo(ProviderException.Kind.CONFIGURATION))
                .hasMessageContaining(name)
                .hasMessageNotContaining("secret");
    }

    private static ProviderConfig config(String name, String value) {
        Map<String, String> values = new HashMap<>(Map.of("OPENAI_API_KEY", "secret"));
        values.put(name, value);
        return ProviderConfig.of(values);
    }
}
