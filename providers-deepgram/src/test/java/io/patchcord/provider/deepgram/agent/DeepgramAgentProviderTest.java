package io.patchcord.provider.deepgram.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.contract.ProviderContract;
import io.patchcord.agent.spi.Provider;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.Providers;
import io.patchcord.agent.spi.S2sEngine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeepgramAgentProviderTest extends ProviderContract {

    private final DeepgramAgentProvider provider = new DeepgramAgentProvider();

    @Override
    protected Provider provider() {
        return provider;
    }

    @Test
    void isTheWholeConversationOfThatName() {
        assertThat(Providers.onClassPath().s2s("deepgram")).isPresent();
    }

    @Test
    void withAKey_saysWhatItIs() {
        try (S2sEngine usual = provider.create(config());
                S2sEngine own = provider.create(config("OPENAI_API_KEY", "sk-secret"))) {
            assertThat(usual.description())
                    .isEqualTo("Voice Agent at agent.deepgram.com: nova-3, gpt-4.1-mini on Deepgram's account,"
                            + " aura-2-thalia-en");
            assertThat(own.description())
                    .contains("gpt-4.1-mini at api.openai.com")
                    .doesNotContain("secret");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DEEPGRAM_AGENT_URL, wss://agent.example.com/path, wss://agent.example.com/path",
        "DEEPGRAM_AGENT_URL, https://agent.example.com:8443/, wss://agent.example.com:8443/v1/agent/converse",
        "DEEPGRAM_AGENT_URL, ws://127.0.0.1:9/v1/agent/converse, ws://127.0.0.1:9/v1/agent/converse",
        "DEEPGRAM_AGENT_URL, WSS://agent_of.example.com/, wss://agent_of.example.com/v1/agent/converse",
        "DEEPGRAM_BASE_URL, https://gateway.example.com/v2, wss://gateway.example.com/v1/agent/converse",
        "DEEPGRAM_BASE_URL, https://api.eu.deepgram.com, wss://api.eu.deepgram.com/v1/agent/converse",
        "DEEPGRAM_BASE_URL, http://127.0.0.1:9/gateway/v1/, ws://127.0.0.1:9/gateway/v1/agent/converse",
    })
    void address_followsFromWhatIsSet(String name, String value, String address) {
        assertThat(AgentConfig.read(config(name, value)).url()).hasToString(address);
    }

    @ParameterizedTest
    @CsvSource({
        "DEEPGRAM_AGENT_URL, wss://agent.deepgram.com:70000, wss://agent.deepgram.com/v1/agent/converse",
        "DEEPGRAM_AGENT_URL, wss://agent.deepgram.com/v1/agent/converse?tag=secret, wss://agent.deepgram.com/v1/agent/converse",
        "DEEPGRAM_BASE_URL, api.deepgram.com, https://api.deepgram.com",
        "DEEPGRAM_AGENT_THINK_URL, https://llm.example.com:70000/chat, https://api.openai.com/v1",
        "DEEPGRAM_AGENT_THINK_URL, wss://llm.example.com/chat, https://api.openai.com/v1",
    })
    void addressThatCannotWork_isRefused_withOneThatCould(String name, String value, String example) {
        assertThatThrownBy(() -> provider.create(config(name, value)).close())
                .hasMessageStartingWith(name)
                .hasMessageEndingWith(": write an address such as " + example)
                .hasMessageNotContaining("secret");
    }

    @Test
    void hostOfAnAddress_isTold_andNoMoreOfIt() {
        try (S2sEngine engine = provider.create(config("DEEPGRAM_AGENT_URL", "ws://fake_deepgram:8080/path"))) {
            assertThat(engine.description()).startsWith("Voice Agent at fake_deepgram:");
        }
    }

    @Test
    void ownModelsAddress_mayHaveAQuery_andAnUnderline() {
        String address = "HTTPS://llm_of.example.com/chat?api-version=1";

        assertThat(think("DEEPGRAM_AGENT_THINK_URL", address)
                        .at("/endpoint/url")
                        .asText())
                .isEqualTo(address);
    }

    @Test
    void ownKeyOfOpenAi_isTheAccountThatThinks_asInTheGuide() {
        JsonNode think = think("OPENAI_API_KEY", "sk-secret");

        assertThat(think.path("endpoint"))
                .hasToString("{\"url\":\"https://api.openai.com/v1/chat/completions\","
                        + "\"headers\":{\"authorization\":\"Bearer sk-secret\"}}");
    }

    @Test
    void ownKeyOfOpenAi_goesToItsOwnAddress_orToNobody() {
        JsonNode gateway =
                think("OPENAI_API_KEY", "sk-secret", "OPENAI_BASE_URL", "https://gateway.example.com/openai/v1/");
        JsonNode account = think("OPENAI_API_KEY", "sk-secret", "DEEPGRAM_AGENT_THINK_ACCOUNT", "deepgram");
        JsonNode own = think("OPENAI_API_KEY", "sk-secret", "DEEPGRAM_AGENT_THINK_URL", "https://llm.example.com/chat");
        JsonNode other = think("OPENAI_API_KEY", "sk-secret", "DEEPGRAM_AGENT_THINK_MODEL", "google:gemini-2.5-flash");

        assertThat(gateway.at("/endpoint/url").asText())
                .isEqualTo("https://gateway.example.com/openai/v1/chat/completions");
        assertThat(account.toString()).doesNotContain("secret");
        assertThat(own.path("endpoint")).hasToString("{\"url\":\"https://llm.example.com/chat\"}");
        assertThat(other.toString()).doesNotContain("secret").contains("\"type\":\"google\"");
    }

    @Test
    void lostAgent_isTriedForLessLong_whereAnotherProviderTakesOver() {
        ProviderConfig alone = ProviderConfig.of(Map.of("DEEPGRAM_API_KEY", "k"));
        ProviderConfig set = ProviderConfig.of(Map.of("DEEPGRAM_API_KEY", "k", "DEEPGRAM_AGENT_RECONNECT_FOR", "3s"));

        assertThat(AgentConfig.read(alone).reconnectFor()).hasSeconds(8);
        assertThat(AgentConfig.read(alone.withStandIn()).reconnectFor()).hasSeconds(1);
        assertThat(AgentConfig.read(set.withStandIn()).reconnectFor()).hasSeconds(3);
    }

    @Test
    void severalModels_areTriedInOrder_eachWithItsOwnService() {
        JsonNode think = think(
                "OPENAI_API_KEY", "sk-secret", "DEEPGRAM_AGENT_THINK_MODEL", "gpt-4.1-mini, anthropic:claude-x, a:b");

        assertThat(think).hasSize(3);
        assertThat(think.at("/0/endpoint").isMissingNode()).isFalse();
        assertThat(think.at("/1/provider")).hasToString("{\"type\":\"anthropic\",\"model\":\"claude-x\"}");
        assertThat(think.at("/1/endpoint").isMissingNode()).isTrue();
        assertThat(think.at("/2/provider/model").asText()).isEqualTo("a:b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DEEPGRAM_API_KEY | ''",
                "DEEPGRAM_API_KEY | secret key",
                "DEEPGRAM_AGENT_URL | agent.deepgram.com",
                "DEEPGRAM_AGENT_URL | ftp://agent.deepgram.com",
                "DEEPGRAM_AGENT_URL | //agent.deepgram.com",
                "DEEPGRAM_AGENT_URL | wss://secret@agent.deepgram.com",
                "DEEPGRAM_AGENT_URL | wss://agent deepgram",
                "DEEPGRAM_BASE_URL | api.deepgram.com",
                "DEEPGRAM_AGENT_ENCODING | linear16",
                "DEEPGRAM_AGENT_EOT_THRESHOLD | 0.8",
                "DEEPGRAM_AGENT_EAGER_EOT_THRESHOLD | 0.8",
                "DEEPGRAM_AGENT_EOT_TIMEOUT | 4s",
                "DEEPGRAM_AGENT_SMART_FORMAT | perhaps",
                "DEEPGRAM_AGENT_THINK_MODEL | aws_bedrock:anthropic/claude",
                "DEEPGRAM_AGENT_TEMPERATURE | 3",
                "DEEPGRAM_AGENT_THINK_ACCOUNT | mine",
                "DEEPGRAM_AGENT_THINK_API_KEY | secret",
                "DEEPGRAM_AGENT_THINK_URL | http://localhost:11434/v1/chat/completions",
                "DEEPGRAM_AGENT_THINK_URL | llm",
                "DEEPGRAM_AGENT_SPEAK_SPEED | 2",
                "DEEPGRAM_MIP_OPT_OUT | perhaps",
                "DEEPGRAM_AGENT_CONNECT_TIMEOUT | 0s",
                "DEEPGRAM_AGENT_ANSWER_TIMEOUT | 2m",
                "DEEPGRAM_AGENT_RECONNECT_FOR | -1s",
            })
    void settingThatCannotWork_isNamed_withoutAKey(String name, String value) {
        assertRefused(name, name, value);
    }

    @Test
    void settingsThatDoNotGoTogether_areNamed() {
        assertRefused(
                "DEEPGRAM_AGENT_EAGER_EOT_THRESHOLD",
                "DEEPGRAM_AGENT_LISTEN_MODEL",
                "flux-general-en",
                "DEEPGRAM_AGENT_EAGER_EOT_THRESHOLD",
                "0.8");
        assertRefused(
                "DEEPGRAM_AGENT_SMART_FORMAT",
                "DEEPGRAM_AGENT_LISTEN_MODEL",
                "flux-general-en",
                "DEEPGRAM_AGENT_SMART_FORMAT",
                "true");
        assertRefused("OPENAI_API_KEY", "DEEPGRAM_AGENT_THINK_ACCOUNT", "openai");
        assertRefused(
                "DEEPGRAM_AGENT_THINK_ACCOUNT",
                "DEEPGRAM_AGENT_THINK_ACCOUNT",
                "deepgram",
                "DEEPGRAM_AGENT_THINK_URL",
                "https://llm.example.com/chat");
        assertRefused(
                "DEEPGRAM_AGENT_THINK_URL",
                "DEEPGRAM_AGENT_THINK_MODEL",
                "google:gemini-2.5-flash",
                "DEEPGRAM_AGENT_THINK_URL",
                "https://llm.example.com/chat");
        assertRefused("OPENAI_BASE_URL", "OPENAI_API_KEY", "secret", "OPENAI_BASE_URL", "http://127.0.0.1:8080/v1");
    }

    private void assertRefused(String named, String... settings) {
        assertThatThrownBy(() -> provider.create(config(settings)).close())
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        e -> assertThat(e.kind()).isEqualTo(ProviderException.Kind.CONFIGURATION))
                .hasMessageContaining(named)
                .hasMessageNotContaining("secret");
    }

    private static JsonNode think(String... settings) {
        return ThinkConfig.read(config(settings)).json("", Functions.of(List.of(), false));
    }

    private static ProviderConfig config(String... settings) {
        Map<String, String> values = new HashMap<>(Map.of("DEEPGRAM_API_KEY", "secret"));
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        return ProviderConfig.of(values);
    }
}
