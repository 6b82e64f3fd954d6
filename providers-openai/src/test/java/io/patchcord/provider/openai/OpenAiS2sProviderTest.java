package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchcord.agent.contract.ProviderContract;
import io.patchcord.agent.spi.Provider;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.S2sEngine;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiS2sProviderTest extends ProviderContract {

    private final OpenAiS2sProvider provider = new OpenAiS2sProvider();

    @Override
    protected Provider provider() {
        return provider;
    }

    private static ProviderConfig config(String... settings) {
        Map<String, String> values = new HashMap<>(Map.of("OPENAI_API_KEY", RealtimeCall.KEY));
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        return ProviderConfig.of(values);
    }

    @Test
    void withAKey_isOpenAisOwnModel() {
        try (S2sEngine engine = provider.create(config())) {
            assertThat(engine.description()).isEqualTo("gpt-realtime-2.1 at api.openai.com");
            assertThat(engine.capabilities().say()).isTrue();
            assertThat(engine.capabilities().tools()).isTrue();
            assertThat(engine.capabilities().truncation()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com/v1,wss://api.openai.com/v1/realtime?model=gpt-realtime-2.1",
        "https://eu.api.openai.com/v1/,wss://eu.api.openai.com/v1/realtime?model=gpt-realtime-2.1",
        "https://gateway.example/openai,wss://gateway.example/openai/v1/realtime?model=gpt-realtime-2.1",
        "http://127.0.0.1:8080/v1,ws://127.0.0.1:8080/v1/realtime?model=gpt-realtime-2.1"
    })
    void realtimeAddress_followsTheBaseUrl(String base, URI realtime) {
        OpenAiAccount account = OpenAiAccount.from(config("OPENAI_BASE_URL", base));

        assertThat(account.realtime("model", "gpt-realtime-2.1")).isEqualTo(realtime);
    }

    @Test
    void modelName_isQuoted() {
        OpenAiAccount account = OpenAiAccount.from(config());

        assertThat(account.realtime("model", "a b&c=d").getRawQuery()).isEqualTo("model=a+b%26c%3Dd");
    }

    @Test
    void organizationAndProject_areHeaders_andThereIsNoBetaHeader() {
        OpenAiAccount account = OpenAiAccount.from(config("OPENAI_ORG_ID", "org-1", "OPENAI_PROJECT_ID", "proj_2"));

        assertThat(account.headers())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "Authorization",
                        "Bearer " + RealtimeCall.KEY,
                        "OpenAI-Organization",
                        "org-1",
                        "OpenAI-Project",
                        "proj_2"));
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI_BASE_URL,api.openai.com",
        "OPENAI_BASE_URL,ftp://api.openai.com",
        "OPENAI_BASE_URL,https://user:pass@api.openai.com",
        "OPENAI_ORG_ID,two words",
        "OPENAI_REALTIME_SPEED,2",
        "OPENAI_REALTIME_AUDIO,mp3",
        "OPENAI_REALTIME_TURN_DETECTION,none",
        "OPENAI_REALTIME_TURN_DETECTION,mine",
        "OPENAI_REALTIME_VAD_THRESHOLD,1.5",
        "OPENAI_REALTIME_VAD_PREFIX,1h",
        "OPENAI_REALTIME_VAD_SILENCE,soon",
        "OPENAI_REALTIME_IDLE_TIMEOUT,2s",
        "OPENAI_REALTIME_NOISE_REDUCTION,on",
        "OPENAI_REALTIME_REASONING_EFFORT,much",
        "OPENAI_REALTIME_PARALLEL_TOOL_CALLS,some",
        "OPENAI_REALTIME_TRUNCATION,1.5",
        "OPENAI_REALTIME_TRUNCATION,never",
        "OPENAI_REALTIME_CONTEXT_TOKENS,1000",
        "OPENAI_REALTIME_MAX_TOKENS,-1",
        "OPENAI_REALTIME_TIMEOUT,1ms",
        "OPENAI_REALTIME_RESPONSE_TIMEOUT,1h",
        "OPENAI_REALTIME_SESSION_LIMIT,1s"
    })
    void badSetting_isNamedWithItsValue_andWhatToWrite(String name, String value) {
        assertThatThrownBy(() -> provider.create(config(name, value)).close())
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        e -> assertThat(e.kind()).isEqualTo(ProviderException.Kind.CONFIGURATION))
                .hasMessageStartingWith(name + "=")
                .hasMessageNotContaining(RealtimeCall.KEY);
    }

    @Test
    void semanticVad_isChosenWithItsEagerness() {
        RealtimeSettings.Listening listening = RealtimeConfig.settings(
                        config("OPENAI_REALTIME_TURN_DETECTION", "semantic_vad", "OPENAI_REALTIME_EAGERNESS", "low"))
                .listening();

        assertThat(listening.turns()).isEqualTo(new TurnDetection.SemanticVad("low"));
        assertThat(listening.turns().describeForConversation().toString())
                .isEqualTo(
                        "{\"type\":\"semantic_vad\",\"eagerness\":\"low\",\"create_response\":true,\"interrupt_response\":false}");
    }

    @Test
    void defaults_areThoseOfTheDocumentation() {
        RealtimeSettings settings = RealtimeConfig.settings(config());

        assertThat(settings.limits())
                .isEqualTo(new RealtimeSettings.Limits(
                        Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMinutes(50), 3));
        assertThat(RealtimeConfig.settings(config().withStandIn()).limits().tries())
                .isEqualTo(1);
        assertThat(settings.maxOutputTokens()).isEmpty();
        assertThat(settings.reasoningEffort()).isEmpty();
        assertThat(settings.parallelToolCalls()).isEmpty();
    }

    @Test
    void keyWithABlank_isTold_butNotShown() {
        assertThatThrownBy(() -> provider.create(ProviderConfig.of(Map.of("OPENAI_API_KEY", "sk-a b"))))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("OPENAI_API_KEY")
                .hasMessageNotContaining("sk-a");
    }

    @Test
    void texts_showNoKey() {
        RealtimeSettings settings = RealtimeConfig.settings(config());

        assertThat(settings.toString()).doesNotContain(RealtimeCall.KEY);
        assertThat(settings.account().withoutKey("Bearer " + RealtimeCall.KEY + " and sk-pro***89aB"))
                .isEqualTo("Bearer (key) and (key)");
    }
}
