package io.patchcord.provider.deepgram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchcord.agent.contract.ProviderContract;
import io.patchcord.agent.spi.Provider;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.TtsEngine;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeepgramTtsProviderTest extends ProviderContract {

    private final DeepgramTtsProvider provider = new DeepgramTtsProvider();

    @Override
    protected Provider provider() {
        return provider;
    }

    @Test
    void withAKey_isTheUsualVoiceUnlessAnotherIsNamed() {
        try (TtsEngine usual = provider.create(config("DEEPGRAM_TTS_MODEL", ""));
                TtsEngine other = provider.create(config("DEEPGRAM_TTS_MODEL", "aura-2-apollo-en"));
                TtsEngine european = provider.create(config("DEEPGRAM_BASE_URL", "https://api.eu.deepgram.com/v1/"))) {
            assertThat(usual.description()).isEqualTo("aura-2-thalia-en at api.deepgram.com");
            assertThat(other.description()).isEqualTo("aura-2-apollo-en at api.deepgram.com");
            assertThat(european.description()).isEqualTo("aura-2-thalia-en at api.eu.deepgram.com");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DEEPGRAM_API_KEY, ''",
        "DEEPGRAM_API_KEY, secret key",
        "DEEPGRAM_BASE_URL, api.deepgram.com",
        "DEEPGRAM_BASE_URL, ftp://api.deepgram.com",
        "DEEPGRAM_TIMEOUT, soon",
        "DEEPGRAM_TIMEOUT, 0s",
        "DEEPGRAM_TIMEOUT, -1s",
        "DEEPGRAM_TIMEOUT, 6m",
        "DEEPGRAM_BASE_URL, https://user:secret@api.deepgram.com",
        "DEEPGRAM_TTS_TRANSPORT, pigeon",
        "DEEPGRAM_MIP_OPT_OUT, perhaps",
    })
    void settingThatCannotWork_isNamed_withoutTheKey(String name, String value) {
        assertThatThrownBy(() -> provider.create(config(name, value)))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        e -> assertThat(e.kind()).isEqualTo(ProviderException.Kind.CONFIGURATION))
                .hasMessageContaining(name)
                .hasMessageNotContaining("secret");
    }

    private static ProviderConfig config(String name, String value) {
        Map<String, String> values = new HashMap<>(Map.of("DEEPGRAM_API_KEY", "secret"));
        values.put(name, value);
        return ProviderConfig.of(values);
    }
}
