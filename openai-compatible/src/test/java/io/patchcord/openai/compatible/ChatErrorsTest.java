package io.patchcord.openai.compatible;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.ProviderException.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A chat server that refuses, breaks, or talks nonsense. */
class ChatErrorsTest extends ChatCalls {

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
    void refusalUntilADate_whichIsPast_mayBeTriedAgainNow() {
        server.answers(FakeChatServer.refusal(503, "", "Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"));
        ask(new ConversationItem.CallerSaid("Hello."));

        assertThat(awaitEnd()).containsExactly("failed");
        assertThat(failures.get(0).retryAfter()).contains(Duration.ZERO);
    }

    @Test
    void refusalInPlainText_isShown() {
        server.answers(FakeChatServer.refusal(400, "{\"error\":\"bad wave\"}"));
        ask(new ConversationItem.CallerSaid("Hello."));
        awaitEnd();

        assertThat(failures.get(0)).hasMessageContaining("bad wave");
    }

    @Test
    void accountWithoutCredit_isNoRateLimit() {
        server.answers(FakeChatServer.refusal(
                429, "{\"error\":{\"message\":\"You exceeded your quota\",\"code\":\"insufficient_quota\"}}"));
        ask(new ConversationItem.CallerSaid("Hello."));
        awaitEnd();

        assertThat(failures.get(0).kind()).isEqualTo(Kind.UNAUTHORIZED);
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
}
