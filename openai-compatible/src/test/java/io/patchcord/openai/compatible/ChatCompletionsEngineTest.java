package io.patchcord.openai.compatible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.LlmListener;
import io.patchcord.agent.spi.LlmRequest;
import io.patchcord.agent.spi.LlmSession;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.ToolSpec;
import io.patchcord.agent.testing.ThreadCallLoop;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatCompletionsEngineTest {

    private static final ToolSpec HANG_UP =
            new ToolSpec("hang_up", "End the call.", "{\"type\":\"object\",\"properties\":{}}");

    private final FakeChatServer server = new FakeChatServer();
    private final ThreadCallLoop loop = new ThreadCallLoop();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<ProviderException> failures = new CopyOnWriteArrayList<>();
    private final ChatCompletionsEngine engine = ChatCompletionsEngine.builder(server.uri(), "a-model")
            .apiKey("secret-key")
            .timeout(Duration.ofSeconds(1))
            .build();

    @AfterEach
    void stop() {
        engine.close();
        loop.close();
        server.close();
        assertThat(loop.failures()).isEmpty();
    }

    @Test
    void answer_comesInPieces() {
        ask(new ConversationItem.CallerSaid("When do you open?"));

        assertThat(awaitEnd()).containsExactly("We open ", "at nine.", "done");
    }

    @Test
    void request_holdsTheConversationAndNothingThatTheUserDidNotSet() throws Exception {
        ask(
                new ConversationItem.CallerSaid("Hello."),
                new ConversationItem.CallerSaid("When do you open?"),
                new ConversationItem.AgentSaid("One moment.", false),
                new ConversationItem.ToolCalled("t1", "hours", Map.of("day", "monday")),
                new ConversationItem.ToolReturned("t1", "nine to five"));
        awaitEnd();

        JsonNode body = Json.MAPPER.readTree(server.bodies().get(0));
        assertThat(body.fieldNames()).toIterable().containsExactlyInAnyOrder("model", "messages", "stream", "tools");
        assertThat(body.at("/messages/0/role").asText()).isEqualTo("system");
        assertThat(body.at("/messages/1/content").asText()).isEqualTo("Hello.\nWhen do you open?");
        assertThat(body.at("/messages/2/content").asText()).isEqualTo("One moment.");
        assertThat(body.at("/messages/2/tool_calls/0/function/arguments").asText())
                .isEqualTo("{\"day\":\"monday\"}");
        assertThat(body.at("/messages/3/role").asText()).isEqualTo("tool");
        assertThat(body.at("/messages/3/tool_call_id").asText()).isEqualTo("t1");
        assertThat(body.at("/tools/0/function/name").asText()).isEqualTo("hang_up");
        assertThat(server.requests().get(0).getHeaders().get("Authorization")).isEqualTo("Bearer secret-key");
    }

    @Test
    void toolCallWithoutAResult_isAnsweredAllTheSame() throws Exception {
        ask(new ConversationItem.ToolCalled("t1", "hours", Map.of()), new ConversationItem.CallerSaid("Well?"));
        awaitEnd();

        JsonNode messages = Json.MAPPER.readTree(server.bodies().get(0)).path("messages");
        assertThat(messages)
                .extracting(message -> message.path("role").asText())
                .containsExactly("system", "assistant", "tool", "user");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // in pieces, as OpenAI does
                """
                data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"hang_up","arguments":"{\\"why"}}]}}]}

                data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\\":\\"bye\\"}"}}]}}]}

                data: {"choices":[{"delta":{},"finish_reason":"tool_calls"}]}

                data: [DONE]

                """,
                // whole, as Ollama does, without index, with finish_reason stop, and without the end mark
                """
                data: {"choices":[{"delta":{"tool_calls":[{"id":"c1","function":{"name":"hang_up","arguments":"{\\"why\\":\\"bye\\"}"}}]}}]}

                data: {"choices":[{"delta":{},"finish_reason":"stop"}],"usage":null}

                """,
                // arguments as an object, and an id that is empty
                """
                data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"","function":{"name":"hang_up","arguments":{"why":"bye"}}}]}}]}

                data: {"choices":[],"usage":{"total_tokens":7}}

                data: [DONE]

                """,
            })
    void toolCall_isUnderstoodInEveryDialect(String events) {
        server.answers(FakeChatServer.stream(events));
        ask(new ConversationItem.CallerSaid("Bye."));

        assertThat(awaitEnd()).containsExactly("tool hang_up {why=bye}", "done");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // each whole, without index or id
                """
                data: {"choices":[{"delta":{"tool_calls":[{"function":{"name":"take_message","arguments":"{}"}},{"function":{"name":"hang_up","arguments":"{}"}}]}}]}

                """,
                // one after the other, every one with index 0
                """
                data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"take_message","arguments":"{}"}}]}}]}

                data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"b","function":{"name":"hang_up","arguments":"{}"}}]}}]}

                data: [DONE]

                """,
                // interleaved by index, the name repeated
                """
                data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"take_message","arguments":"{"}}]}}]}

                data: {"choices":[{"delta":{"tool_calls":[{"index":1,"id":"b","function":{"name":"hang_up","arguments":"{"}}]}}]}

                data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"take_message","arguments":"}"}},{"index":1,"function":{"arguments":"}"}}]}}]}

                data: [DONE]

                """,
            })
    void severalToolCalls_areToldApart(String events) {
        server.answers(FakeChatServer.stream(events));
        ask(new ConversationItem.CallerSaid("Tell them I called. Bye."));

        assertThat(awaitEnd()).containsExactly("tool take_message {}", "tool hang_up {}", "done");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 64})
    void streamInSmallPieces_isPutTogether(int bytes) {
        server.answers(FakeChatServer.trickled(
                ": ping\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"Grüße 👋 Gött\"}}]}\n\ndata: [DONE]\n\n",
                bytes));
        ask(new ConversationItem.CallerSaid("Hello."));

        assertThat(awaitEnd()).containsExactly("Grüße 👋 Gött", "done");
    }

    @Test
    void cancelledAnswer_closesItsConnection() {
        CompletableFuture<Void> left = new CompletableFuture<>();
        String word = "data: {\"choices\":[{\"delta\":{\"content\":\"on and on \"}}]}\n\n";
        server.answers(FakeChatServer.endless(word, Duration.ofMillis(20), left));
        LlmSession.Generation generation = ask(new ConversationItem.CallerSaid("Tell me everything."));
        await().until(() -> !told.isEmpty());

        loop.run(generation::cancel);
        int heard = told.size();

        assertThat(left).succeedsWithin(Duration.ofSeconds(10));
        assertThat(told).hasSize(heard);
    }

    @Test
    void connectionThatBreaks_isUnavailable() {
        server.answers(FakeChatServer.breaking(FakeChatServer.HELLO));
        ask(new ConversationItem.CallerSaid("Hello."));

        assertThat(awaitEnd()).endsWith("failed");
        assertThat(failures.get(0).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void oddLines_areTakenInStride() {
        server.answers(FakeChatServer.stream("""
                : keep-alive

                data: {"choices":[{"delta":{"reasoning_content":"hm","content":null}}],"timings":{}}

                data: this is no JSON

                event: message
                data: {"choices":[{"delta":{"content":"Grüß Gott."}}]}

                data: {"object":"something.new"}

                """));
        ask(new ConversationItem.CallerSaid("Hello."));

        assertThat(awaitEnd()).containsExactly("Grüß Gott.", "done");
    }

    @Test
    void toolCallThatComesTwice_isMadeOnce_andTheEndIsToldOnce() {
        String call =
                "data: {\"id\":\"x\",\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":"
                        + "{\"name\":\"hang_up\",\"arguments\":\"{\\\"why\\\":\\\"bye\\\"}\"}}]}}]}\n\n";
        String end = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\ndata: [DONE]\n\n";
        server.answers(FakeChatServer.stream(call + call + end + end + call));
        ask(new ConversationItem.CallerSaid("Bye."));
        awaitEnd();
        loop.run(() -> {});

        assertThat(told).containsExactly("tool hang_up {why=bye}", "done");
    }

    @Test
    void wordsThatComeTwice_areSaidTwice_asAModelMayMeanThem_andTheEndIsToldOnce() {
        String ha = "data: {\"id\":\"x\",\"choices\":[{\"delta\":{\"content\":\"ha\"}}]}\n\n";
        server.answers(FakeChatServer.stream(ha + ha + "data: [DONE]\n\ndata: [DONE]\n\n" + ha));
        ask(new ConversationItem.CallerSaid("Hello."));
        awaitEnd();
        loop.run(() -> {});

        assertThat(told).containsExactly("ha", "ha", "done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no JSON", "[]", "7", ""})
    void toolThatCannotBeDescribed_isRefusedAtOnce(String schema) {
        LlmRequest request = new LlmRequest("c1", loop, "", "en", List.of(new ToolSpec("book", "Books.", schema)));

        assertThatThrownBy(() -> engine.open(request))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
                .hasMessage("the schema of the tool book is no JSON object");
    }

    @Test
    void tenMegabytesInOneEvent_areTakenInStride() {
        server.answers(FakeChatServer.stream(
                "data: {\"object\":\"" + "x".repeat(10 << 20) + "\"}\n\n" + FakeChatServer.HELLO));
        ask(new ConversationItem.CallerSaid("Hello."));

        assertThat(awaitEnd()).containsExactly("We open ", "at nine.", "done");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | REJECTED",
                "401 | UNAUTHORIZED",
                "403 | UNAUTHORIZED",
                "404 | CONFIGURATION",
                "429 | RATE_LIMITED",
                "500 | UNAVAILABLE",
                "503 | UNAVAILABLE",
            })
    void refusal_isToldApart(int status, Kind kind) {
        server.answers(FakeChatServer.refusal(
                status, "{\"error\":{\"message\":\"no such luck\",\"code\":" + status + "}}", "Retry-After", "7"));
        ask(new ConversationItem.CallerSaid("Hello."));

        assertThat(awaitEnd()).containsExactly("failed");
        assertThat(failures.get(0).kind()).isEqualTo(kind);
        assertThat(failures.get(0)).hasMessageContaining("no such luck").hasMessageNotContaining("secret-key");
        assertThat(failures.get(0).retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void refusalInPlainText_isShown() {
        server.answers(FakeChatServer.refusal(400, "{\"error\":\"bad wave\"}"));
        ask(new ConversationItem.CallerSaid("Hello."));
        awaitEnd();

        assertThat(failures.get(0)).hasMessageContaining("bad wave");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"message\":\"no luck\"} | UNAVAILABLE",
                "\"no luck\" | UNAVAILABLE",
                "{\"message\":\"no luck\",\"type\":\"server_error\",\"code\":null} | UNAVAILABLE",
                "{\"message\":\"no luck\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"} | RATE_LIMITED",
                "{\"message\":\"no luck\",\"type\":\"rate_limit_error\"} | RATE_LIMITED",
                "{\"message\":\"no luck\",\"code\":429} | RATE_LIMITED",
                "{\"message\":\"no luck\",\"code\":\"429\"} | RATE_LIMITED",
                "{\"message\":\"no luck\",\"status\":429} | RATE_LIMITED",
                "{\"message\":\"no luck\",\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"} | UNAUTHORIZED",
                "{\"message\":\"no luck\",\"type\":\"invalid_request_error\",\"code\":\"invalid_api_key\"} | UNAUTHORIZED",
                "{\"message\":\"no luck\",\"type\":\"authentication_error\",\"code\":401} | UNAUTHORIZED",
                "{\"message\":\"no luck\",\"type\":\"invalid_request_error\",\"code\":\"model_not_found\"} | CONFIGURATION",
                "{\"message\":\"no luck\",\"type\":\"BadRequestError\",\"code\":400} | REJECTED",
                "{\"message\":\"no luck\",\"type\":\"invalid_request_error\"} | REJECTED",
                "{\"message\":\"no luck\",\"type\":\"server_error\",\"code\":500} | UNAVAILABLE",
                "{\"message\":\"no luck\",\"code\":7} | UNAVAILABLE",
                "{\"message\":\"no luck\",\"code\":{\"a\":1},\"type\":[]} | UNAVAILABLE",
            })
    void errorInTheStream_isWhatItIsAsAStatus(String error, Kind kind) {
        server.answers(FakeChatServer.stream("data: {\"error\":" + error + "}\n\n"));
        ask(new ConversationItem.CallerSaid("Hello."));

        assertThat(awaitEnd()).containsExactly("failed");
        assertThat(failures.get(0)).hasMessage("the model's server reports: no luck");
        assertThat(failures.get(0).kind()).isEqualTo(kind);
    }

    @Test
    void accountWithoutCredit_isNoRateLimit() {
        server.answers(FakeChatServer.refusal(
                429, "{\"error\":{\"message\":\"You exceeded your quota\",\"code\":\"insufficient_quota\"}}"));
        ask(new ConversationItem.CallerSaid("Hello."));
        awaitEnd();

        assertThat(failures.get(0).kind()).isEqualTo(Kind.UNAUTHORIZED);
    }

    @Test
    void serverIsSilent_isATimeOut() {
        server.answers(FakeChatServer.slow(FakeChatServer.HELLO));
        ask(new ConversationItem.CallerSaid("Hello."));

        assertThat(awaitEnd()).containsExactly("failed");
        assertThat(failures.get(0).kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void nobodyListens_isUnavailable() {
        server.close();
        ask(new ConversationItem.CallerSaid("Hello."));

        assertThat(awaitEnd()).containsExactly("failed");
        assertThat(failures.get(0).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void webPageInsteadOfAStream_saysThatTheAddressMayBeWrong() {
        server.answers(FakeChatServer.refusal(200, "<html>", "Content-Type", "text/html"));
        ask(new ConversationItem.CallerSaid("Hello."));

        assertThat(awaitEnd()).containsExactly("failed");
        assertThat(failures.get(0)).hasMessageContaining("is the address right?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://h:1", "http://h:1/", "http://h:1/v1", "http://h:1/v1/"})
    void address_isTakenWithAndWithoutTheVersion(String base) {
        try (ChatCompletionsEngine other =
                ChatCompletionsEngine.builder(URI.create(base), "m").build()) {
            assertThat(other.description()).isEqualTo("m at h");
        }
    }

    private LlmSession.Generation ask(ConversationItem... history) {
        return loop.call(() -> {
            LlmSession session = engine.open(new LlmRequest("c1", loop, "Be brief.", "en", List.of(HANG_UP)));
            return session.respond(List.of(history), new LlmListener() {
                @Override
                public void onText(String delta) {
                    told.add(delta);
                }

                @Override
                public void onToolCall(String callId, String name, Map<String, Object> arguments) {
                    assertThat(callId).isNotBlank();
                    told.add("tool " + name + " " + arguments);
                }

                @Override
                public void onDone() {
                    told.add("done");
                }

                @Override
                public void onFailed(ProviderException error) {
                    failures.add(error);
                    told.add("failed");
                }
            });
        });
    }

    private List<String> awaitEnd() {
        await().until(() -> told.contains("done") || told.contains("failed"));
        return told;
    }
}
