package io.patchcord.provider.local.tts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.patchcord.agent.contract.ProviderContract;
import io.patchcord.agent.spi.Provider;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.TtsEngine;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalTtsProviderTest extends ProviderContract {

    @Override
    protected Provider provider() {
        return new LocalTtsProvider();
    }

    @Test
    void auto_takesTheNativeVoice_whereItIsInstalled() {
        String expected = NativeFlite.find().isPresent() ? "native" : "embedded";

        try (TtsEngine engine = create("LOCAL_TTS_ENGINE", "auto")) {
            assertThat(engine.description()).contains("flite rms").contains(expected);
        }
    }

    @Test
    void embedded_isTakenWhereItIsAskedFor() {
        try (TtsEngine engine = create("LOCAL_TTS_ENGINE", "Embedded")) {
            assertThat(engine.description()).contains("embedded");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LOCAL_TTS_ENGINE, piper",
        "LOCAL_TTS_THREADS, 0",
        "LOCAL_TTS_QUEUE, none",
        "LOCAL_TTS_DEADLINE, 0s",
        "LOCAL_TTS_WARM_UP, -1"
    })
    void badSetting_isNamed(String key, String value) {
        assertThatThrownBy(() -> create(key, value))
                .asInstanceOf(type(ProviderException.class))
                .satisfies(error -> {
                    assertThat(error.kind()).isEqualTo(ProviderException.Kind.CONFIGURATION);
                    assertThat(error).hasMessageContaining(key);
                });
    }

    private static TtsEngine create(String key, String value) {
        return new LocalTtsProvider()
                .create(ProviderConfig.of(
                        key.equals("LOCAL_TTS_WARM_UP")
                                ? Map.of(key, value)
                                : Map.of(key, value, "LOCAL_TTS_WARM_UP", "0")));
    }
}
