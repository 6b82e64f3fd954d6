package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchcord.agent.contract.ProviderContract;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.spi.Provider;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.SegmentSttEngine;
import io.patchcord.agent.spi.StreamingSttEngine;
import io.patchcord.agent.spi.SttEngine;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiSttProviderTest extends ProviderContract {

    private final OpenAiSttProvider provider = new OpenAiSttProvider();

    @Override
    protected Provider provider() {
        return provider;
    }

    @Test
    void unlessToldOtherwise_theServerFindsTheTurns() {
        try (SttEngine engine = provider.create(ProviderConfig.of(Map.of("OPENAI_API_KEY", RealtimeCall.KEY)))) {
            assertThat(engine.description()).isEqualTo("gpt-4o-mini-transcribe at api.openai.com");
            assertThat(engine.inputFormat()).isEqualTo(AudioFormat.ULAW_8K);
            assertThat(engine)
                    .isInstanceOfSatisfying(
                            StreamingSttEngine.class,
                            stream -> assertThat(stream.detectsTurns()).isTrue());
        }
    }

    @Test
    void withoutTurnDetection_aDetectorDecides() {
        try (SttEngine engine = provider.create(ProviderConfig.of(Map.of(
                "OPENAI_API_KEY", RealtimeCall.KEY,
                "OPENAI_STT_TURN_DETECTION", "none",
                "OPENAI_STT_AUDIO", "pcm",
                "OPENAI_STT_MODEL", "gpt-live-transcribe")))) {
            assertThat(engine.inputFormat()).isEqualTo(AudioFormat.SLIN_24K);
            assertThat(((StreamingSttEngine) engine).detectsTurns()).isFalse();
        }
    }

    @Test
    void transcriptions_areOneRequestForEachStretchOfSpeech() {
        try (SttEngine engine = provider.create(ProviderConfig.of(Map.of(
                "OPENAI_API_KEY", RealtimeCall.KEY,
                "OPENAI_STT_API", "transcriptions",
                "OPENAI_STT_MODEL", "whisper-1",
                "OPENAI_STT_LANGUAGE", "en",
                "OPENAI_STT_PROMPT", "Patchcord")))) {
            assertThat(engine).isInstanceOf(SegmentSttEngine.class);
            assertThat(engine.description()).isEqualTo("whisper-1 at api.openai.com");
        }
    }

    @ParameterizedTest
    @CsvSource({"OPENAI_STT_TURN_DETECTION, none", "OPENAI_STT_AUDIO, pcm", "OPENAI_STT_SESSION_LIMIT, 50m"})
    void settingOfTheOtherWay_isRefused(String name, String value) {
        assertThatThrownBy(() -> provider.create(ProviderConfig.of(
                        Map.of("OPENAI_API_KEY", RealtimeCall.KEY, "OPENAI_STT_API", "transcriptions", name, value))))
                .isInstanceOf(ProviderException.class)
                .hasMessage(name + " is for OPENAI_STT_API=realtime: leave one of the two out");
    }

    @Test
    void badSetting_isNamed() {
        assertThatThrownBy(() -> provider.create(ProviderConfig.of(
                        Map.of("OPENAI_API_KEY", RealtimeCall.KEY, "OPENAI_STT_TURN_DETECTION", "mine"))))
                .isInstanceOf(ProviderException.class)
                .hasMessage("OPENAI_STT_TURN_DETECTION=mine: write server_vad, semantic_vad or none");
    }
}
