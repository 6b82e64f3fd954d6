package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.LlmListener;
import io.patchcord.agent.spi.LlmRequest;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.Providers;
import io.patchcord.agent.testing.ManualCallLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiLlmProviderTest {

    private final OpenAiLlmProvider provider = new OpenAiLlmProvider();
    private final CompletableFuture<String> question = new CompletableFuture<>();
    private final CompletableFuture<String> warmUp = new CompletableFuture<>();

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

    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com/v1, max_completion_tokens",
        "https://EU.api.openai.com/v1, max_completion_tokens",
        "http://127.0.0.1:11434/v1, max_tokens",
        "https://openai.com.example.net/v1, max_tokens"
    })
    void limitOfTokens_hasTheNameThatTheServerKnows(String base, String field) {
        OpenAiAccount account =
                OpenAiAccount.from(ProviderConfig.of(Map.of("OPENAI_API_KEY", "k", "OPENAI_BASE_URL", base)));

        assertThat(OpenAiLlmProvider.maxTokensField(account)).isEqualTo(field);
    }

    @Test
    void whatIsSet_isSent() throws Exception {
        assertThat(request(Map.of(
                        "OPENAI_LLM_MAX_TOKENS",
                        "200",
                        "OPENAI_LLM_REASONING_EFFORT",
                        "Low",
                        "OPENAI_LLM_MORE_FIELDS",
                        "{\"top_k\":20}")))
                .contains("\"max_tokens\":200", "\"reasoning_effort\":\"low\"", "\"top_k\":20");
    }

    @Test
    void whatIsNotSet_isNotSent() throws Exception {
        assertThat(request(Map.of())).doesNotContain("tokens", "effort");
    }

    /** A server of one's own, at an http address, has to load its model; elsewhere a word costs money. */
    @Test
    void modelOfOnesOwn_isWarmedUp() throws Exception {
        assertThat(sent(Map.of(), warmUp)).contains("gpt-4.1-mini");
    }

    @Test
    void modelOfOnesOwn_isNotWarmedUpWhereThatIsNotWanted() throws Exception {
        request(Map.of("OPENAI_LLM_WARM_UP", "false"));

        assertThat(warmUp).isNotDone();
    }

    /** The body in which a compatible server is asked for an answer. */
    private String request(Map<String, String> settings) throws Exception {
        return sent(settings, question);
    }

    /** Asks a compatible server, for an answer and perhaps in a warm-up; the one that is waited for. */
    private String sent(Map<String, String> settings, CompletableFuture<String> awaited) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            (body.contains("\"max_tokens\":1") ? warmUp : question).complete(body);
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.start();
        Map<String, String> config = new HashMap<>(settings);
        config.put("OPENAI_API_KEY", "k");
        config.put("OPENAI_BASE_URL", "http://127.0.0.1:" + server.getAddress().getPort());
        try (LlmEngine engine = provider.create(ProviderConfig.of(config))) {
            engine.open(new LlmRequest("c1", new ManualCallLoop(), "", "en", List.of()))
                    .respond(List.of(new ConversationItem.CallerSaid("Hello.")), new NobodyListens());
            return awaited.get(10, TimeUnit.SECONDS);
        } finally {
            server.stop(0);
        }
    }

    private static final class NobodyListens implements LlmListener {

        @Override
        public void onText(String delta) {}

        @Override
        public void onToolCall(String callId, String name, Map<String, Object> arguments) {}

        @Override
        public void onDone() {}

        @Override
        public void onFailed(ProviderException error) {}
    }

    @Test
    void efforts_areThoseThatArePublished() throws IOException {
        JsonNode schema = new ObjectMapper()
                .readTree(PublishedSchema.requiredFolder()
                        .resolve("schemas/openai-chat.client.json")
                        .toFile());

        assertThat(schema.at("/$defs/ReasoningEffort/anyOf/0/enum"))
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(OpenAiLlmProvider.EFFORTS);
    }

    @Test
    void otherEffort_namesTheSettingAndTheChoice() {
        assertThatThrownBy(() -> provider.create(
                        ProviderConfig.of(Map.of("OPENAI_API_KEY", "k", "OPENAI_LLM_REASONING_EFFORT", "lots"))))
                .isInstanceOf(ProviderException.class)
                .hasMessage("OPENAI_LLM_REASONING_EFFORT=lots: write none, minimal, low, medium, high, xhigh or max");
    }
}
