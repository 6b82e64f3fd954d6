package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.ConversationItem.AgentSaid;
import io.patchcord.agent.spi.ConversationItem.CallerSaid;
import io.patchcord.agent.spi.ConversationItem.ToolCalled;
import io.patchcord.agent.spi.ConversationItem.ToolReturned;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.testing.ScriptedReply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a cascade says, when it stops, and what it remembers of it. */
class CascadeAnswerTest {

    private static final String LONG_ANSWER = "We open at nine. We close at five. On Sunday we rest.";

    private final Call call = new Call();

    @AfterEach
    void eventsAreInOrder() {
        call.checkOrder();
    }

    @Test
    void greetingOfTheRequest_isSpokenAtOnce() {
        call.greeting = Optional.of("Hello there.");
        call.llm.greeting("Welcome.");
        call.open();
        call.noAudio(1_000);

        assertThat(call.events.get(0)).isEqualTo(new S2sEvent.Ready());
        assertThat(call.heard()).containsExactly("Hello there.");
    }

    @Test
    void noGreetingInTheRequest_theDialogueGreets() {
        call.llm.greeting("Welcome.");
        call.open();
        call.noAudio(1_000);

        assertThat(call.heard()).containsExactly("Welcome.");
    }

    @Test
    void historyInTheRequest_noGreeting_andItIsRemembered() {
        call.greeting = Optional.of("Hello there.");
        call.history = List.of(new CallerSaid("Hi."), new AgentSaid("Hello.", false));
        call.llm.when("hours", "At nine.");
        call.open();
        call.noAudio(1_000);
        assertThat(call.heard()).isEmpty();

        call.speak("Your hours?");
        call.silence(2_000);

        assertThat(call.lastHistory())
                .containsExactly(new CallerSaid("Hi."), new AgentSaid("Hello.", false), new CallerSaid("Your hours?"));
    }

    @Test
    void answer_isSpokenClauseByClause_whileItIsStillBeingMade() {
        call.llm.when(
                "hours",
                ScriptedReply.text("We open ", "at nine. We ")
                        .after(Duration.ofSeconds(2))
                        .say("close at five.")
                        .done());
        call.open();

        call.speak("Your hours?");
        call.silence(1_000);
        assertThat(call.heard()).containsExactly("We open at nine.");
        call.silence(3_000);

        assertThat(call.heard()).containsExactly("We open at nine. We close at five.");
        assertThat(call.written()).isEqualTo("We open at nine. We close at five.");
        assertThat(call.all(S2sEvent.ResponseDone.class)).hasSize(1);
    }

    @Test
    void interrupted_stopsAtOnce_andRemembersTheWordsThatWereHeard() {
        call.llm.when("hours", LONG_ANSWER).when("thanks", "Goodbye.");
        call.open();
        call.speak("Your hours?");
        call.silence(3_000);
        String response = call.all(S2sEvent.ResponseStarted.class).get(0).responseId();

        // Four words, and two of the second clause, which lasts as long.
        call.session().interrupt(response, Duration.ofMillis(6 * 200));
        call.speak("No more, thanks.");
        call.silence(3_000);

        assertThat(call.lastHistory())
                .containsExactly(
                        new CallerSaid("Your hours?"),
                        new AgentSaid("We open at nine. We close", true),
                        new CallerSaid("No more, thanks."));
    }

    @Test
    void interruptedWhileItIsBeingMade_makesNoMoreOfIt() {
        call.llm.when(
                "hours",
                ScriptedReply.text("We open at nine. We")
                        .after(Duration.ofSeconds(3))
                        .say(" close at five.")
                        .done());
        call.open();
        call.speak("Your hours?");
        call.silence(1_000);
        String response = call.all(S2sEvent.ResponseStarted.class).get(0).responseId();

        call.session().interrupt(response, Duration.ofMillis(400));
        call.silence(5_000);

        assertThat(call.heard(response)).isEqualTo("We open at nine.");
        assertThat(call.tts.spoken()).doesNotContain("We close at five.");
        assertThat(call.all(S2sEvent.ResponseDone.class)).isEmpty();
    }

    @Test
    void callerGoesOnBeforeTheAnswerIsHeard_bothUtterancesAreOneTurn() {
        call.llm.when("hours", "We open at nine.").when("tell", "What?");
        call.tts.delay(Duration.ofMillis(1_500), Duration.ofMillis(10));
        call.open();

        call.speak("Tell me.");
        call.silence(600);
        call.speak("Your hours?");
        call.silence(4_000);

        assertThat(call.transcripts()).containsExactly("Tell me.", "Your hours?");
        assertThat(call.lastHistory()).containsExactly(new CallerSaid("Tell me. Your hours?"));
        assertThat(call.llm.discarded()).contains("Tell me.");
        assertThat(call.heard()).containsExactly("We open at nine.");
    }

    @Test
    void coreStopsTheAnswerBeforeItIsHeard_bothUtterancesAreOneTurn() {
        call.llm.when("hours", "We open at nine.").when("tell", "What?");
        call.open();

        call.speak("Tell me.");
        call.silence(700);
        String response = call.all(S2sEvent.ResponseStarted.class).get(0).responseId();
        call.session().interrupt(response, Duration.ZERO);
        call.speak("Your hours?");
        call.silence(4_000);

        assertThat(call.lastHistory()).containsExactly(new CallerSaid("Tell me. Your hours?"));
    }

    @Test
    void noiseBeforeTheAnswerIsHeard_onlyDelaysIt() {
        call.llm.when("hours", "We open at nine.");
        call.tts.delay(Duration.ofMillis(400), Duration.ofMillis(10));
        call.settings = CascadeSettings.builder().prepareAnswers(false).build();
        call.open();

        call.speak("Your hours?");
        call.silence(520);
        call.speak("cough");
        call.silence(4_000);

        assertThat(call.all(S2sEvent.SpeechStarted.class)).hasSize(2);
        assertThat(call.heard()).containsExactly("We open at nine.");
        assertThat(call.llm.histories()).hasSize(1);
    }

    @Test
    void noiseThatMadeTheCoreStopTheAnswerUnheard_itIsGivenAgain() {
        call.llm.when("hours", "We open at nine.");
        call.tts.delay(Duration.ofMillis(400), Duration.ofMillis(10));
        call.settings = CascadeSettings.builder().prepareAnswers(false).build();
        call.open();

        call.speak("Your hours?");
        call.silence(520);
        String response = call.all(S2sEvent.ResponseStarted.class).get(0).responseId();
        call.session().interrupt(response, Duration.ZERO);
        call.speak("cough");
        call.silence(4_000);

        assertThat(call.heard()).containsExactly("We open at nine.");
        assertThat(call.llm.histories()).hasSize(2);
    }

    @Test
    void backchannelWhileTheAgentIsHeard_isNoTurn() {
        call.llm.when("hours", LONG_ANSWER);
        call.open();
        call.speak("Your hours?");
        call.silence(1_500);

        call.speak("Uh huh.");
        call.silence(2_000);

        assertThat(call.all(S2sEvent.TurnEnded.class)).hasSize(1);
        assertThat(call.transcripts()).containsExactly("Your hours?", "Uh huh.");
    }

    @Test
    void sameWordsWhenNobodySpeaks_areATurn() {
        call.llm.when("okay", "Fine.");
        call.open();

        call.speak("Okay then? okay.");
        call.silence(2_000);

        assertThat(call.heard()).containsExactly("Fine.");
    }

    @Test
    void say_followsTheAnswerThatIsBeingMade() {
        call.llm.when("hours", LONG_ANSWER);
        call.open();
        call.speak("Your hours?");
        call.silence(700);

        call.session().say("One moment please.");
        call.silence(4_000);

        assertThat(call.heard()).containsExactly(LONG_ANSWER, "One moment please.");
    }

    @Test
    void toolCall_isSentOut_andTheModelGoesOnWithItsResult() {
        call.llm
                .when(
                        "weather",
                        ScriptedReply.text("Let me see. ")
                                .callTool("t1", "weather", Map.of("day", "today"))
                                .done())
                .when("sunny", "It is sunny.");
        call.open();
        call.speak("The weather?");
        call.silence(2_000);
        assertThat(call.all(S2sEvent.ToolCall.class))
                .containsExactly(new S2sEvent.ToolCall("t1", "weather", Map.of("day", "today")));

        call.session().toolResult("t1", "sunny");
        call.silence(2_000);

        assertThat(call.heard()).containsExactly("Let me see.", "It is sunny.");
        assertThat(call.lastHistory())
                .containsExactly(
                        new CallerSaid("The weather?"),
                        new AgentSaid("Let me see.", false),
                        new ToolCalled("t1", "weather", Map.of("day", "today")),
                        new ToolReturned("t1", "sunny"));
    }

    @Test
    void toolAnsweredWhileItIsCalled_theModelGoesOnWhenItHasSaidAll() {
        call.llm
                .when(
                        "weather",
                        ScriptedReply.nothing()
                                .callTool("t1", "weather", Map.of())
                                .callTool("t2", "weather", Map.of())
                                .say("One moment.")
                                .done())
                .when("sunny", "It is sunny.");
        call.core = event -> {
            if (event instanceof S2sEvent.ToolCall tool) {
                call.session().toolResult(tool.callId(), "sunny");
            }
        };
        call.open();

        call.speak("The weather?");
        call.silence(3_000);

        assertThat(call.heard()).containsExactly("One moment.", "It is sunny.");
        assertThat(call.llm.histories()).hasSize(2);
    }

    @Test
    void callerGoesOnBeforeTheToolIsAskedFor_itIsNot() {
        call.settings = CascadeSettings.builder().prepareAnswers(false).build();
        call.llm
                .when("hours", "We open at nine.")
                .when(
                        "goodbye",
                        ScriptedReply.nothing()
                                .after(Duration.ofMillis(300))
                                .callTool("t1", "end_call", Map.of())
                                .say("Goodbye.")
                                .done());
        call.open();

        call.speak("Thanks and goodbye.");
        call.silence(520);
        call.speak("No, your hours?");
        call.silence(4_000);

        assertThat(call.all(S2sEvent.ToolCall.class)).isEmpty();
        assertThat(call.heard()).containsExactly("We open at nine.");
        assertThat(call.lastHistory()).containsExactly(new CallerSaid("Thanks and goodbye. No, your hours?"));
    }

    @Test
    void toolAnswersAfterTheCallerInterrupted_theModelGoesOnWithTheNextTurn() {
        call.llm
                .when("hours", "At nine.")
                .when(
                        "weather",
                        ScriptedReply.text("Let me see. ")
                                .callTool("t1", "weather", Map.of())
                                .done());
        call.open();
        call.speak("The weather?");
        call.silence(2_000);

        call.session().interrupt(call.all(S2sEvent.ResponseStarted.class).get(0).responseId(), Duration.ofMillis(300));
        call.session().toolResult("t1", "sunny");
        call.silence(1_000);
        assertThat(call.llm.histories()).hasSize(1);
        call.speak("Your hours?");
        call.silence(2_000);

        assertThat(call.lastHistory()).contains(new ToolReturned("t1", "sunny"));
        assertThat(call.heard()).hasSize(2).last().isEqualTo("At nine.");
    }

    @Test
    void toolWithoutResult_isLeftOutOfTheNextQuestion() {
        call.llm
                .when(
                        "weather",
                        ScriptedReply.nothing()
                                .callTool("t1", "weather", Map.of())
                                .done())
                .when("hours", "At nine.");
        call.open();
        call.speak("The weather?");
        call.silence(2_000);

        call.speak("Your hours?");
        call.silence(2_000);

        assertThat(call.lastHistory()).noneMatch(ToolCalled.class::isInstance);
        assertThat(call.heard()).containsExactly("At nine.");
    }

    @Test
    void keyThatMatters_cutsShortAndIsAnswered_anyOtherIsNot() {
        call.llm.goesOn(false);
        call.llm.when("hours", LONG_ANSWER).whenKey('0', "I put you through.");
        call.open();
        call.speak("Your hours?");
        call.silence(620);

        call.session().sendDtmf('7');
        call.session().sendDtmf('0');
        call.silence(3_000);

        assertThat(call.heard()).hasSize(2).last().isEqualTo("I put you through.");
        assertThat(call.heard().get(0)).isNotEqualTo(LONG_ANSWER).startsWith("We");
    }

    @Test
    void answerIsPreparedDuringTheLastSilence_soThatItComesWithTheEndOfTheTurn() {
        call.llm.when(
                "hours",
                ScriptedReply.nothing()
                        .after(Duration.ofMillis(50))
                        .say("We open at nine.")
                        .done());
        call.open();

        call.speak("Your hours?");
        Duration end = call.now();
        call.silence(3_000);

        // 130 ms for the words, 50 for the answer, 80 for the voice: all within the silence that ends the turn.
        Duration firstAudio =
                Duration.ofNanos(call.all(S2sEvent.LatencyMark.class).get(3).atNanos());
        assertThat(firstAudio.minus(end)).isLessThan(Duration.ofMillis(530));
        assertThat(call.llm.histories()).hasSize(1);
    }

    @Test
    void preparedAnswer_isNotToldWhenTheCallerGoesOn() {
        call.llm.when("hours", "We open at nine.").when("", "What?");
        call.open();

        call.speak("Tell me.");
        call.silence(400);
        call.speak("Your hours?");
        call.silence(3_000);

        assertThat(call.transcripts()).containsExactly("Tell me. Your hours?");
        assertThat(call.llm.discarded()).containsExactly("Tell me.");
        assertThat(call.heard()).containsExactly("We open at nine.");
    }

    @Test
    void closedWhileItSpeaks_closedIsTheLastEvent() {
        call.llm.when("hours", LONG_ANSWER);
        call.open();
        call.speak("Your hours?");
        call.silence(620);

        call.session().close();
        call.session().close();
        call.session().say("Nobody hears this.");
        call.noAudio(5_000);

        assertThat(call.events.get(call.events.size() - 1)).isEqualTo(new S2sEvent.Closed());
        assertThat(call.all(S2sEvent.Closed.class)).hasSize(1);
    }

    @Test
    void closedByTheCoreFromWithinAnEvent_isInOrder() {
        call.greeting = Optional.of("Hello there.");
        call.core = event -> {
            if (event instanceof S2sEvent.ResponseAudio) {
                call.session().close();
            }
        };
        call.open();
        call.noAudio(2_000);

        assertThat(call.all(S2sEvent.ResponseAudio.class)).hasSize(1);
        assertThat(call.events.get(call.events.size() - 1)).isEqualTo(new S2sEvent.Closed());
    }
}
