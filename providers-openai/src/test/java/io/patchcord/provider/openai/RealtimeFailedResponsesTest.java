package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.provider.openai.testing.FakeAnswer;
import io.patchcord.provider.openai.testing.FakeRealtimeSession;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Responses that fail, break off, or never come: the caller gets an answer all the same, or the call ends as it should. */
class RealtimeFailedResponsesTest extends RealtimeTrouble {

    @Test
    void failedResponse_isMadeAgain() {
        greet();
        call.script().thinksFor(Duration.ofSeconds(2));
        call.speak("hours please");
        call.pass(800);
        call.service().failResponse("server_error", "server_error", "Oops.");
        call.script().thinksFor(Duration.ofMillis(100));
        call.pass(4_000);

        assertThat(call.heard()).endsWith("You said hours please");
        assertThat(call.service().responses()).isEqualTo(3);
    }

    @Test
    void rateLimitThatStays_isToldAsSuch() {
        greet();
        call.script().thinksFor(Duration.ofSeconds(2));
        call.speak("hours please");
        for (int i = 0; i < 2; i++) {
            call.pass(1_300);
            call.service().failResponse("tokens", "rate_limit_exceeded", "Rate limit reached. Try again in 8.2s.");
        }
        call.pass(1_000);

        assertThat(call.failure().kind()).isEqualTo(Kind.RATE_LIMITED);
    }

    @Test
    void responseThatFailsHalfWay_isGoneOnWith() {
        call.script().answers(heard -> FakeAnswer.says("one two three four five six"));
        call.script().sendsPieces(Duration.ofMillis(200), Duration.ofMillis(150));
        greet();
        call.speak("count");
        call.pass(1_200);
        call.script().answers(heard -> FakeAnswer.says("and the rest"));
        call.service().failResponse("server_error", "server_error", "Oops.");
        call.pass(5_000);

        assertThat(call.heard()).contains("one two").endsWith("and the rest");
        assertThat(call.service().conversation()).anyMatch(line -> line.startsWith("system: Your last message"));
    }

    @Test
    void incompleteResponse_isHeardAsFarAsItGoes() {
        call.script().answers(heard -> FakeAnswer.says("one two three four five six"));
        call.script().sendsPieces(Duration.ofMillis(200), Duration.ofMillis(150));
        greet();
        call.speak("count");
        call.pass(1_200);
        call.service().breakOffResponse("incomplete", "max_output_tokens");
        call.pass(3_000);

        assertThat(call.heard()).startsWith("Hello caller one two").doesNotContain("six");
        assertThat(call.events(S2sEvent.Failed.class)).isEmpty();
    }

    @Test
    void responseOfWhichNothingComes_isAskedOfAnotherSession_once() {
        call.with("OPENAI_REALTIME_RESPONSE_TIMEOUT", "3s");
        greet();
        FakeRealtimeSession first = call.service();
        call.script().thinksFor(Duration.ofMinutes(5));
        call.speak("hours please");
        call.pass(3_000);
        call.script().thinksFor(Duration.ofMillis(100));
        call.pass(3_000);

        assertThat(first.isOver()).isTrue();
        assertThat(call.heard()).endsWith("You said hours please");
    }

    @Test
    void sessionsThatAnswerNothing_endTheCall() {
        call.with("OPENAI_REALTIME_RESPONSE_TIMEOUT", "3s");
        greet();
        call.script().thinksFor(Duration.ofMinutes(5));
        call.speak("hours please");
        call.pass(10_000);

        assertThat(call.failure().kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(call.sockets().sessions()).hasSize(2);
    }

    @Test
    void responseDoneWithoutItsBeginning_isAFailureToo() {
        greet();
        call.script().answers(heard -> FakeAnswer.says("better now"));
        call.speak("hours please");
        call.pass(300);
        call.service()
                .sendText(
                        "{\"type\":\"response.done\",\"event_id\":\"x\",\"response\":{\"id\":\"never\",\"status\":\"failed\","
                                + "\"status_details\":{\"type\":\"failed\",\"error\":{\"type\":\"server_error\",\"code\":null}},"
                                + "\"output\":[],\"usage\":null}}");
        call.pass(4_000);

        assertThat(call.heard()).endsWith("better now");
        assertThat(call.events(S2sEvent.Failed.class)).isEmpty();
    }
}
