package io.patchcord.provider.local.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.LlmEngine;
import io.patchcord.agent.spi.LlmListener;
import io.patchcord.agent.spi.LlmRequest;
import io.patchcord.agent.spi.LlmSession;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.testing.ThreadCallLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelBehindUrlTest {

    private final ThreadCallLoop loop = new ThreadCallLoop();
    private final CompletableFuture<String> request = new CompletableFuture<>();
    private final CompletableFuture<String> warmUp = new CompletableFuture<>();
    private final CompletableFuture<String> authorization = new CompletableFuture<>();
    private volatile int status = 200;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", this::complete);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        loop.close();
    }

    private void complete(HttpExchange exchange) throws IOException {
        String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        (asked.contains("\"max_tokens\":1") ? warmUp : request).complete(asked);
        authorization.complete(exchange.getRequestHeaders().getFirst("Authorization"));
        String body = """
                data: {"choices":[{"index":0,"delta":{"content":"The model speaks."}}]}

                data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

                data: [DONE]

                """;
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void model_answersInTheReceptionistsPlace_andKnowsTheHouse() throws Exception {
        try (LlmEngine engine = engine()) {
            assertThat(answer(engine)).isEqualTo("The model speaks.");
            assertThat(engine.greeting()).isEqualTo(HouseFile.inJar().greeting());
        }
        assertThat(request.get(1, TimeUnit.SECONDS))
                .contains("Harbour Street", "Be kind.", "7001", "tiny", "\"reasoning_effort\":\"none\"");
        assertThat(authorization.get(1, TimeUnit.SECONDS)).isEqualTo("Bearer sesame");
    }

    /** A server that has to load its model first would not have begun within the time-out. */
    @Test
    void model_isWarmedUp_beforeAnybodyCalls() throws Exception {
        try (LlmEngine engine = engine()) {
            assertThat(warmUp.get(10, TimeUnit.SECONDS)).contains("tiny");
            assertThat(engine.greeting()).isNotEmpty();
        }
    }

    @Test
    void receptionist_answersWhenTheModelDoesNot() throws Exception {
        status = 500;
        try (LlmEngine engine = engine()) {
            assertThat(answer(engine)).contains("open", "Monday");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://127.0.0.1:1/v1 | '' | 4s | LOCAL_LLM_URL is set, but no LOCAL_LLM_MODEL",
                "'' | tiny | 4s | but no LOCAL_LLM_URL",
                "localhost:11434 | tiny | 4s | LOCAL_LLM_URL is no http address",
                "not an address | tiny | 4s | LOCAL_LLM_URL is no http address",
                "http://127.0.0.1:1/v1 | tiny | 0s | LOCAL_LLM_TIMEOUT must be more than nothing",
            })
    void settingsThatDoNotGoTogether_areRefused(String url, String model, String timeout, String told) {
        Map<String, String> settings = new HashMap<>();
        settings.put("LOCAL_LLM_URL", url);
        settings.put("LOCAL_LLM_MODEL", model);
        settings.put("LOCAL_LLM_TIMEOUT", timeout);

        assertThatThrownBy(() -> new ReceptionistProvider().create(ProviderConfig.of(settings)))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "http://127.0.0.1:1/v1 | top_k=20 | LOCAL_LLM_MORE_FIELDS: it is no JSON object",
                "http://127.0.0.1:1/v1 | {\"model\":\"m\"} | LOCAL_LLM_MORE_FIELDS: it must not hold model",
                "`` | {} | LOCAL_LLM_MORE_FIELDS={}, but no LOCAL_LLM_URL",
            })
    void fieldsThatCannotBeAdded_areRefused(String url, String fields, String told) {
        Map<String, String> settings = Map.of(
                "LOCAL_LLM_URL", url, "LOCAL_LLM_MODEL", url.isEmpty() ? "" : "tiny", "LOCAL_LLM_MORE_FIELDS", fields);

        assertThatThrownBy(() -> new ReceptionistProvider().create(ProviderConfig.of(settings)))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining(told);
    }

    private LlmEngine engine() {
        return new ReceptionistProvider()
                .create(ProviderConfig.of(Map.of(
                        "LOCAL_LLM_URL",
                        "http://127.0.0.1:" + server.getAddress().getPort() + "/v1",
                        "LOCAL_LLM_MODEL",
                        "tiny",
                        "LOCAL_LLM_API_KEY",
                        "sesame",
                        "LOCAL_LLM_MORE_FIELDS",
                        "{\"reasoning_effort\":\"none\"}",
                        "LOCAL_LLM_TIMEOUT",
                        "20s")));
    }

    private String answer(LlmEngine engine) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        LlmSession session = loop.call(() -> engine.open(new LlmRequest("test", loop, "Be kind.", "en", List.of())));
        loop.run(() ->
                session.respond(List.of(new ConversationItem.CallerSaid("When are you open?")), new Answer(answer)));
        String text = answer.get(30, TimeUnit.SECONDS);
        loop.run(session::close);
        return text;
    }

    /** Collects the text. */
    private static final class Answer implements LlmListener {

        private final CompletableFuture<String> complete;
        private final StringBuilder text = new StringBuilder();

        Answer(CompletableFuture<String> complete) {
            this.complete = complete;
        }

        @Override
        public void onText(String delta) {
            text.append(delta);
        }

        @Override
        public void onToolCall(String callId, String name, Map<String, Object> arguments) {
            complete.completeExceptionally(new AssertionError(name));
        }

        @Override
        public void onDone() {
            complete.complete(text.toString());
        }

        @Override
        public void onFailed(ProviderException error) {
            complete.completeExceptionally(error);
        }
    }
}
