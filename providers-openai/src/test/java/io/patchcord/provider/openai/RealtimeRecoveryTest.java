package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.CallEvent;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.provider.openai.testing.FakeAnswer;
import io.patchcord.provider.openai.testing.FakeRealtimeSession;
import io.patchcord.provider.socket.SocketEnd;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions are lost and expire; the call goes on. */
class RealtimeRecoveryTest {

    private static final String LONG = "one two three four five six seven eight nine ten";

    private final RealtimeCall call = new RealtimeCall();

    @AfterEach
    void nothingIsLeft() {
        call.end();
    }

    private void talk() {
        call.start();
        call.pass(1_500);
        call.speak("first turn");
        call.pass(3_000);
    }

    @Test
    void lostBetweenTurns_theNextSessionKnowsTheConversation() {
        talk();
        call.service().cut();
        call.pass(1_000);
        call.speak("second turn");
        call.pass(3_000);

        assertThat(call.sockets().sessions()).hasSize(2);
        assertThat(call.service().conversation())
                .containsExactly(
                        "assistant: Hello caller",
                        "user: first turn",
                        "assistant: You said first turn",
                        "user: second turn",
                        "assistant: You said second turn");
        assertThat(call.heard()).isEqualTo("Hello caller You said first turn You said second turn");
        assertThat(call.events(S2sEvent.Ready.class)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1001, 1005, 1006, 1011, 1012, 1013, 1015})
    void passingCloseCodes_areRecoveredFrom(int code) {
        talk();
        call.service().close(code, "");
        call.pass(500);
        call.speak("second turn");
        call.pass(3_000);

        assertThat(call.heard()).endsWith("You said second turn");
        assertThat(call.events(S2sEvent.Failed.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1002, 1003, 1007, 1008, 4000})
    void lastingCloseCodes_endTheSession(int code) {
        talk();
        call.service().close(code, "policy");
        call.pass(2_000);

        assertThat(call.failure().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(call.failure().getMessage()).contains(String.valueOf(code), "policy");
        assertThat(call.control()).containsExactly("give up");
        assertThat(call.sockets().sessions()).hasSize(1);
    }

    @Test
    void whoIsToTryOnce_failsWhenThatIsInVain_atOnce() {
        call.with("OPENAI_REALTIME_TRIES", "1");
        talk();
        call.service().cut();
        call.pass(500);
        assertThat(call.sockets().sessions()).hasSize(2);
        call.sockets().refuseAll(new SocketEnd.Lost("connection refused"));
        call.speak("second turn");
        call.pass(3_000);
        assertThat(call.heard()).endsWith("You said second turn");

        call.service().cut();
        call.pass(200);

        assertThat(call.failure().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void lostWhileTheCallerSpeaks_theWholeTurnIsHeardByTheNextSession() {
        talk();
        call.speak("my name");
        call.service().cut();
        call.speak("is Miller");
        call.pass(3_000);

        assertThat(call.sockets().sessions()).hasSize(2);
        assertThat(call.heard()).endsWith("You said my name is Miller");
        assertThat(call.service().responses()).isEqualTo(1);
    }

    @Test
    void lostAfterTheTurn_beforeItsAnswer_theTurnIsAnswered() {
        call.script().thinksFor(Duration.ofSeconds(3));
        call.start();
        call.pass(6_000);
        call.script().writesAfter(Duration.ofSeconds(30));
        call.speak("first turn");
        call.pass(1_000);
        call.script().thinksFor(Duration.ofMillis(100));
        call.service().cut();
        call.pass(3_000);

        // Its words were not known yet: the next session was given the audio.
        JsonNode audio = call.sent("conversation.item.create").stream()
                .map(event -> event.at("/item/content/0"))
                .filter(content -> content.path("type").asText().equals("input_audio"))
                .findFirst()
                .orElseThrow();
        assertThat(audio.path("audio").asText().length()).isGreaterThan(2_000);
        assertThat(call.service().responses()).isEqualTo(1);
        assertThat(call.events(S2sEvent.ResponseAudio.class)).isNotEmpty();
        assertThat(call.callEvents(CallEvent.Answered.class)).hasSize(1);
    }

    @Test
    void lostInTheMiddleOfASentence_itIsGoneOnWith_andNothingIsSaidTwice() {
        call.script().answers(heard -> FakeAnswer.says(LONG));
        call.script().sendsPieces(Duration.ofMillis(200), Duration.ofMillis(100));
        call.start();
        call.pass(2_000);
        call.speak("count");
        // Half of it has come.
        call.pass(1_200);
        call.script().answers(heard -> FakeAnswer.says("and the rest"));
        call.service().cut();
        call.pass(5_000);

        String heard = call.heard();
        assertThat(heard)
                .startsWith("Hello caller one two three")
                .endsWith("and the rest")
                .doesNotContain("ten");
        assertThat(heard.split("one", -1)).hasSize(2);
        assertThat(call.service().conversation()).hasSize(5);
        assertThat(call.service().conversation().get(2))
                .startsWith("assistant: one two three")
                .endsWith("…");
        assertThat(call.service().conversation().get(3)).startsWith("system: Your last message broke off");
        assertThat(call.events(S2sEvent.ResponseStarted.class)).hasSameSizeAs(call.events(S2sEvent.ResponseDone.class));
        assertThat(call.events(S2sEvent.ResponseDone.class))
                .extracting(S2sEvent.ResponseDone::brokeOff)
                .containsExactly(false, true, false);
    }

    @Test
    void lostInTheMiddleOfAGivenSentence_theRestOfItIsSaid() {
        call.profile().greeting(LONG);
        call.script().sendsPieces(Duration.ofMillis(200), Duration.ofMillis(100));
        call.start();
        call.pass(700);
        call.service().cut();
        call.pass(6_000);

        assertThat(call.heard()).isEqualTo(LONG);
    }

    @Test
    void callerInterruptsWhatWasLeftOfALostSession_itIsNotGoneOnWith() {
        call.script().answers(heard -> heard.contains("stop") ? FakeAnswer.says("fine") : FakeAnswer.says(LONG));
        call.script().sendsPieces(Duration.ofMillis(200), Duration.ofMillis(20));
        call.start();
        call.pass(2_000);
        call.speak("count");
        call.pass(800);
        // The voice has begun, more than half of it is there, and the service is gone for a while.
        call.sockets().refuseNext(new SocketEnd.Refused(503, Map.of(), ""));
        call.service().cut();
        call.pass(250);
        call.speak("stop now");
        call.pass(5_000);

        assertThat(call.heard()).endsWith("fine").doesNotContain("ten");
        assertThat(call.service().conversation()).noneMatch(line -> line.startsWith("system:"));
    }

    @Test
    void firstSessionThatCannotBeOpened_isTriedAgain() {
        call.sockets().refuseNext(new SocketEnd.Refused(503, Map.of(), "busy"));
        call.sockets().refuseNext(new SocketEnd.Lost("connection refused"));
        call.start();
        call.pass(4_000);

        assertThat(call.heard()).isEqualTo("Hello caller");
        assertThat(call.sockets().addresses()).hasSize(3);
    }

    @Test
    void serviceThatIsGone_isGivenUpAfterThreeTries() {
        talk();
        call.sockets().refuseAll(new SocketEnd.Lost("connection refused"));
        call.service().cut();
        call.pass(5_000);

        assertThat(call.failure().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(call.sockets().addresses()).hasSize(4);
        assertThat(call.control()).containsExactly("give up");
    }

    @Test
    void sessionsThatBreakAsSoonAsTheyAreReady_areGivenUp() {
        call.script().on("response.create", (service, event) -> {
            service.cut();
            return true;
        });
        call.start();
        call.pass(10_000);

        assertThat(call.failure().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(call.sockets().sessions()).hasSize(3);
    }

    @Test
    void handshakeThatIsNeverAnswered_takesNoLongerThanItMay() {
        call.with("OPENAI_REALTIME_TIMEOUT", "2s");
        call.sockets().refuseNext(Optional.empty());
        call.start();
        call.pass(5_000);

        assertThat(call.heard()).isEqualTo("Hello caller");
        assertThat(call.sockets().sessions()).hasSize(1);
    }

    @Test
    void sessionThatIsNeverReady_endsTheCall_whenTheCallerHasWaitedForTooLong() {
        call.script().on("session.update", (service, event) -> true);
        call.start();
        call.pass(20_000);

        assertThat(call.failure().kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(call.sockets().live()).isZero();
    }

    @Test
    void sessionIsReplaced_betweenTurns_inGoodTime() {
        talk();
        FakeRealtimeSession first = call.service();
        call.pass(50 * 60_000);

        assertThat(call.sockets().sessions()).hasSize(2);
        assertThat(first.isOver()).isTrue();
        call.speak("second turn");
        call.pass(3_000);
        assertThat(call.heard()).endsWith("You said second turn");
        assertThat(call.service().conversation()).hasSize(5);
    }

    @Test
    void replacement_waitsUntilTheCallerHasFinished_andTheAnswerWasHeard() {
        call.with("OPENAI_REALTIME_SESSION_LIMIT", "10s");
        call.script().answers(heard -> FakeAnswer.says("fine " + heard));
        call.start();
        call.pass(9_000);
        call.speak(LONG);
        int sessions = call.sockets().sessions().size();
        call.pass(1_800);
        // The next one is ready, but the answer is being heard.
        assertThat(sessions).isEqualTo(2);
        assertThat(call.sockets().sessions().get(0).isOver()).isFalse();
        call.pass(4_000);

        assertThat(call.sockets().sessions().get(0).isOver()).isTrue();
        assertThat(call.heard()).isEqualTo("Hello caller fine " + LONG);
        assertThat(call.service().conversation()).hasSize(3);
    }

    @Test
    void callerWhoNeverPauses_isTakenOver_beforeTheSessionExpires() {
        call.script().sessionsLive(Duration.ofSeconds(60));
        call.start();
        call.pass(2_000);
        for (int i = 0; i < 33; i++) {
            call.speak(LONG);
        }
        call.pass(4_000);

        // 90 % of a minute is 54 s; the caller spoke from 2 s to 68 s.
        assertThat(call.sockets().sessions()).hasSize(2);
        assertThat(call.events(S2sEvent.Failed.class)).isEmpty();
        assertThat(call.heard()).contains("You said");
    }

    @Test
    void sessionThatExpiresUnannounced_isReplaced() {
        talk();
        call.service().sendError("session_expired", "Your session hit the maximum duration.", "", Json.object());
        call.service().close(1000, "");
        call.pass(1_000);
        call.speak("second turn");
        call.pass(3_000);

        assertThat(call.sockets().sessions()).hasSize(2);
        assertThat(call.heard()).endsWith("You said second turn");
    }

    @Test
    void replacementThatCannotBeOpened_leavesTheSessionAlone_andIsTriedAgain() {
        call.with("OPENAI_REALTIME_SESSION_LIMIT", "10s");
        call.start();
        call.pass(9_000);
        call.sockets().refuseNext(new SocketEnd.Refused(503, Map.of(), ""));
        call.pass(5_000);
        assertThat(call.sockets().sessions()).hasSize(1);
        call.speak("first turn");
        call.pass(35_000);

        assertThat(call.sockets().sessions()).hasSize(2);
        assertThat(call.heard()).endsWith("You said first turn");
    }

    @Test
    void serverThatTakesNothingAnyMore_isReplaced() {
        talk();
        call.sockets().connection().becomeCongested();
        call.pass(1_000);
        call.speak("second turn");
        call.pass(3_000);

        assertThat(call.sockets().sessions()).hasSize(2);
        assertThat(call.heard()).endsWith("You said second turn");
    }

    @Test
    void callIsLostInNoneOfFiftyCuts() {
        call.script().sendsPieces(Duration.ofMillis(200), Duration.ofMillis(100));
        call.script().answers(heard -> FakeAnswer.says(LONG));
        call.start();
        call.pass(2_000);
        for (int i = 0; i < 50; i++) {
            call.speak("go on");
            call.pass(600 + 37 * i % 1_500);
            call.service().cut();
            call.pass(4_000);
        }

        assertThat(call.events(S2sEvent.Failed.class)).isEmpty();
        assertThat(call.control()).isEmpty();
        assertThat(call.sockets().sessions()).hasSize(51);
        assertThat(call.sockets().live()).isEqualTo(1);
    }
}
