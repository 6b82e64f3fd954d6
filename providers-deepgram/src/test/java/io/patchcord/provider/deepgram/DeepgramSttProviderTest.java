package io.patchcord.provider.deepgram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchcord.agent.contract.ProviderContract;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.spi.Provider;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.StreamingSttEngine;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeepgramSttProviderTest extends ProviderContract {

    private final DeepgramSttProvider provider = new DeepgramSttProvider();

    @Override
    protected Provider provider() {
        return provider;
    }

    @Test
    void modelsName_choosesTheVersion() {
        try (StreamingSttEngine nova = create("DEEPGRAM_STT_MODEL", "");
                StreamingSttEngine flux = create("DEEPGRAM_STT_MODEL", "flux-general-multi");
                StreamingSttEngine gateway = create("DEEPGRAM_BASE_URL", "wss://gateway.example.com/deepgram/v1")) {
            assertThat(nova.description()).isEqualTo("nova-3 at api.deepgram.com");
            assertThat(flux.description()).isEqualTo("flux-general-multi at api.deepgram.com");
            assertThat(gateway.description()).isEqualTo("nova-3 at gateway.example.com");
            assertThat(nova.inputFormat(AudioFormat.ALAW_8K)).isEqualTo(AudioFormat.ALAW_8K);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.deepgram.com, wss://api.deepgram.com/v1/listen",
        "https://api.eu.deepgram.com/, wss://api.eu.deepgram.com/v1/listen",
        "https://api.deepgram.com/v1/, wss://api.deepgram.com/v1/listen",
        "wss://api.deepgram.com/v2, wss://api.deepgram.com/v1/listen",
        "http://127.0.0.1:8080/deepgram, ws://127.0.0.1:8080/deepgram/v1/listen",
        "ws://fake_deepgram:8080, ws://fake_deepgram:8080/v1/listen",
        "'', wss://api.deepgram.com/v1/listen",
    })
    void address_isPlainOnlyWhereTheUserSaysSo(String setting, String address) {
        DeepgramAccount account = DeepgramAccount.of(config("DEEPGRAM_BASE_URL", setting));

        assertThat(account.socket(account.product("v1/listen").build()).uri()).hasToString(address);
    }

    @ParameterizedTest
    @CsvSource({
        "DEEPGRAM_API_KEY, ''",
        "DEEPGRAM_API_KEY, secret key",
        "DEEPGRAM_BASE_URL, api.deepgram.com",
        "DEEPGRAM_BASE_URL, https://api.deepgram.com?key=secret",
        "DEEPGRAM_STT_ENDPOINTING, soon",
        "DEEPGRAM_STT_ENDPOINTING, 1ms",
        "DEEPGRAM_STT_UTTERANCE_END, 500ms",
        "DEEPGRAM_STT_SMART_FORMAT, perhaps",
    })
    void settingThatCannotWork_isNamed_withoutTheKey(String name, String value) {
        assertRefused(name, config(name, value));
    }

    @ParameterizedTest
    @CsvSource({
        "DEEPGRAM_STT_EOT_THRESHOLD, 0.4",
        "DEEPGRAM_STT_EAGER_EOT_THRESHOLD, 0.2",
        "DEEPGRAM_STT_EAGER_EOT_THRESHOLD, 0.8",
        "DEEPGRAM_STT_EOT_TIMEOUT, 1m",
    })
    void settingOfFluxThatCannotWork_isNamed(String name, String value) {
        assertRefused(name, config("DEEPGRAM_STT_MODEL", "flux-general-en", name, value));
    }

    private void assertRefused(String name, ProviderConfig config) {
        assertThatThrownBy(() -> provider.create(config))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        e -> assertThat(e.kind()).isEqualTo(ProviderException.Kind.CONFIGURATION))
                .hasMessageContaining(name)
                .hasMessageNotContaining("secret");
    }

    private StreamingSttEngine create(String name, String value) {
        return (StreamingSttEngine) provider.create(config(name, value));
    }

    private static ProviderConfig config(String... namesAndValues) {
        Map<String, String> values = new HashMap<>(Map.of("DEEPGRAM_API_KEY", "secret"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return ProviderConfig.of(values);
    }
}
