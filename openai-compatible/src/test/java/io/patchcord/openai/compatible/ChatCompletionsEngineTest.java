package io.patchcord.openai.compatible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.LlmRequest;
import io.patchcord.agent.spi.LlmSession;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.ToolSpec;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of a chat server, and its answers in all dialects. */
class ChatCompletionsEngineTest extends ChatCalls {

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
                .containsExactly("system", "user", "assistant", "tool", "user");
    }

    @Test
    void fieldsThatTheUserAdds_areSentBesidesOurs() throws Exception {
        try (ChatCompletionsEngine own = ChatCompletionsEngine.builder(server.uri(), "a-model")
                .moreFields("{\"chat_template_kwargs\":{\"enable_thinking\":false}}")
                .build()) {
            LlmSession session = loop.call(() -> own.open(new LlmRequest("c1", loop, "", "en", List.of())));
            ask(session, new ConversationItem.CallerSaid("Hello."));
            awaitEnd();
        }

        JsonNode body = Json.MAPPER.readTree(server.bodies().get(0));
        assertThat(body.at("/chat_template_kwargs/enable_thinking").isBoolean()).isTrue();
        assertThat(body.path("model").asText()).isEqualTo("a-model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "top_k=20", "", "{\"stream\":false}"})
    void fieldsThatCannotBeAdded_areRefused(String json) {
        assertThatThrownBy(() ->
                        ChatCompletionsEngine.builder(server.uri(), "a-model").moreFields(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "it is no JSON object: write one such as .*|it must not hold stream, which is sent anyway");
    }

    /** The templates of Mistral's and Gemma's models raise an error otherwise. */
    @Test
    void userSpeaksFirst_alsoWhereTheAgentGreeted() throws Exception {
        ask(new ConversationItem.AgentSaid("Good morning.", false), new ConversationItem.CallerSaid("Are you open?"));
        awaitEnd();

        JsonNode messages = Json.MAPPER.readTree(server.bodies().get(0)).path("messages");
        assertThat(messages)
                .extracting(message -> message.path("content").asText())
                .containsExactly("Be brief.", "(The call is connected.)", "Good morning.", "Are you open?");
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

    @ParameterizedTest
    @ValueSource(strings = {"http://h:1", "http://h:1/", "http://h:1/v1", "http://h:1/v1/"})
    void address_isTakenWithAndWithoutTheVersion(String base) {
        try (ChatCompletionsEngine other =
                ChatCompletionsEngine.builder(URI.create(base), "m").build()) {
            assertThat(other.description()).isEqualTo("m at h");
        }
    }
}
