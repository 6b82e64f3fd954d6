package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.Providers;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenAiLlmProviderTest {

    private final OpenAiLlmProvider provider = new OpenAiLlmProvider();

    @Test
    void isFoundByName() {
        assertThat(Providers.onClassPath().llm("openai")).isPresent();
    }

    @Test
    void withAKey_isOpenAisOwnModelUnlessAnotherIsNamed() {
        try (LlmEngine usual = provider.create(ProviderConfig.of(Map.of("OPENAI_API_KEY", "k")));
                LlmEngine other = provider.create(ProviderConfig.of(Map.of(
                        "OPENAI_API_KEY", "k", "OPENAI_BASE_URL", "http://127.0.0.1:9/v1", "OPENAI_LLM_MODEL", "m")))) {
            assertThat(usual.description()).isEqualTo("gpt-4.1-mini at api.openai.com");
            assertThat(other.description()).isEqualTo("m at 127.0.0.1");
        }
    }

    @Test
    void withoutAKey_namesTheSetting() {
        assertThatThrownBy(() -> provider.create(ProviderConfig.of(Map.of())))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("OPENAI_API_KEY");
    }

    @Test
    void addressThatIsNone_namesTheSettingAndNotTheKey() {
        assertThatThrownBy(() -> provider.create(
                        ProviderConfig.of(Map.of("OPENAI_API_KEY", "secret", "OPENAI_BASE_URL", "api.openai.com"))))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("OPENAI_BASE_URL=api.openai.com")
                .hasMessageNotContaining("secret");
    }
}
