package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ConversationItem.AgentSaid;
import io.patchcord.agent.spi.ConversationItem.CallerSaid;
import io.patchcord.agent.spi.ConversationItem.ToolCalled;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.testing.ManualCallLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose turn it is, what is due, and what a session leaves behind, event by event. */
class StandingTest {

    private final Standing standing = new Standing(List.of(), new LastingAudio(new ManualCallLoop(), frame -> {}));

    @Test
    void callerHasTheFloor_untilHisTurnIsOver() {
        assertThat(standing.isAgentsTurn()).isFalse();
        tell(new S2sEvent.SpeechStarted());
        assertThat(standing.expectsAudio()).isFalse();
        tell(new S2sEvent.SpeechStopped(), new S2sEvent.TurnEnded(0));

        assertThat(standing.isAgentsTurn()).isTrue();
        assertThat(standing.expectsAudio()).isTrue();
    }

    @Test
    void answer_isDueUntilSomethingOfItCanBeHeard() {
        ask("when are you open");
        tell(new S2sEvent.ResponseStarted("r1"), new S2sEvent.ResponseText("r1", "at nine"));
        assertThat(standing.isAgentsTurn()).isTrue();
        tell(audio("r1", 200));

        assertThat(standing.isAgentsTurn()).isFalse();
        assertThat(standing.expectsAudio()).as("the rest of it").isTrue();
        tell(new S2sEvent.ResponseDone("r1"));
        assertThat(standing.expectsAudio()).isFalse();
    }

    @Test
    void tool_isWaitedFor_andItsResultIsAnswered() {
        ask("book a table");
        tell(new S2sEvent.ToolCall("t1", "book", Map.of()));
        assertThat(standing.waitsForTools()).isTrue();
        assertThat(standing.expectsAudio()).isFalse();
        standing.toolReturned("t1", "done");

        assertThat(standing.isAgentsTurn()).isTrue();
        assertThat(standing.handover().items()).hasSize(3).element(1).isInstanceOf(ToolCalled.class);
    }

    @Test
    void wordsThatComeBeforeTheEndOfTheTurn_orAfterTheAnswer_standBeforeIt() {
        tell(new S2sEvent.InputTranscript("early", true), new S2sEvent.TurnEnded(0));
        tell(new S2sEvent.ResponseStarted("r1"), new S2sEvent.ResponseText("r1", "yes"), audio("r1", 200));
        tell(new S2sEvent.ResponseDone("r1"), new S2sEvent.TurnEnded(0));
        tell(new S2sEvent.ResponseStarted("r2"), new S2sEvent.ResponseText("r2", "no"), audio("r2", 200));
        tell(new S2sEvent.InputTranscript("late", true), new S2sEvent.ResponseDone("r2"));

        assertThat(standing.handover().items())
                .containsExactly(
                        new CallerSaid("early"),
                        new AgentSaid("yes", false),
                        new CallerSaid("late"),
                        new AgentSaid("no", false));
    }

    @Test
    void sessionThatEndsInAnAnswer_leavesWhatWasHeardOfIt() {
        ask("when are you open");
        tell(new S2sEvent.ResponseStarted("r1"), new S2sEvent.ResponseText("r1", "at nine"), audio("r1", 1_000));

        assertThat(standing.sessionEnded()).containsExactly("r1");
        Handover handover = standing.handover();
        assertThat(handover.items()).last().isInstanceOf(AgentSaid.class);
        assertThat(handover.cut()).isPresent();
        assertThat(standing.isAgentsTurn()).isTrue();
    }

    @Test
    void sessionThatEndsBeforeAnythingWasHeard_leavesTheQuestion() {
        ask("when are you open");
        tell(new S2sEvent.ResponseStarted("r1"), new S2sEvent.ResponseText("r1", "at nine"));
        standing.sessionEnded();

        assertThat(standing.handover().items()).containsExactly(new CallerSaid("when are you open"));
        assertThat(standing.handover().cut()).isEmpty();
    }

    @Test
    void callerWhoInterruptedAtOnce_heardNothing() {
        ask("when are you open");
        tell(new S2sEvent.ResponseStarted("r1"), new S2sEvent.ResponseText("r1", "at nine"), audio("r1", 1_000));
        standing.interrupted("r1", Duration.ofMillis(60));

        assertThat(standing.handover().items()).containsExactly(new CallerSaid("when are you open"));
    }

    @Test
    void sessionThatGreets_owesNothingElse() {
        tell(new S2sEvent.SpeechStarted(), new S2sEvent.SpeechStopped(), new S2sEvent.TurnEnded(0));
        standing.sessionEnded();
        standing.greetsWith(Optional.of("hello"));
        assertThat(standing.isAgentsTurn()).isTrue();
        tell(new S2sEvent.ResponseStarted("r1"), audio("r1", 500), new S2sEvent.ResponseDone("r1"));

        assertThat(standing.isAgentsTurn()).isFalse();
        assertThat(standing.expectsAudio()).isFalse();
    }

    @Test
    void twoTurnsWhoseWordsComeLate_areBothHandedOver() {
        tell(new S2sEvent.SpeechStarted(), new S2sEvent.SpeechStopped(), new S2sEvent.TurnEnded(0));
        tell(new S2sEvent.SpeechStarted(), new S2sEvent.SpeechStopped(), new S2sEvent.TurnEnded(0));
        tell(new S2sEvent.InputTranscript("a table", true), new S2sEvent.InputTranscript("for saturday", true));
        standing.sessionEnded();

        assertThat(standing.handover().items()).containsExactly(new CallerSaid("a table for saturday"));
    }

    @Test
    void wordsOfAnEarlierTurn_doNotShiftThoseOfAllLaterOnes() {
        tell(new S2sEvent.TurnEnded(0), new S2sEvent.TurnEnded(0));
        tell(new S2sEvent.InputTranscript("one", true), new S2sEvent.InputTranscript("two", true));
        answered("r1");
        tell(new S2sEvent.TurnEnded(0), new S2sEvent.InputTranscript("three", true));
        answered("r2");
        tell(new S2sEvent.TurnEnded(0), new S2sEvent.InputTranscript("four", true));
        standing.sessionEnded();

        assertThat(standing.handover().items()).last().isEqualTo(new CallerSaid("four"));
    }

    @Test
    void keysTypedWithinATurn_doNotTakeThePlaceOfItsWords() {
        tell(new S2sEvent.SpeechStarted(), new S2sEvent.InputTranscript("(The caller pressed 4.)", true));
        tell(new S2sEvent.SpeechStopped(), new S2sEvent.TurnEnded(0));
        tell(new S2sEvent.InputTranscript("that is my number", true));
        standing.sessionEnded();

        assertThat(standing.handover().items())
                .containsExactly(new CallerSaid("(The caller pressed 4.) that is my number"));
    }

    @Test
    void questionAskedWhileTheAgentSpeaks_isDue_whateverIsStillToldOfTheAnswerBefore() {
        tell(new S2sEvent.TurnEnded(0), new S2sEvent.InputTranscript("one", true));
        tell(new S2sEvent.ResponseStarted("r1"), new S2sEvent.ResponseText("r1", "well"), audio("r1", 200));
        tell(new S2sEvent.TurnEnded(0), new S2sEvent.InputTranscript("two", true));
        tell(audio("r1", 200), new S2sEvent.ResponseDone("r1"));

        assertThat(standing.isAgentsTurn()).isTrue();
    }

    @Test
    void toolThatAnswersBeforeItsResponseIsDone_isStillToBeAnswered() {
        tell(new S2sEvent.TurnEnded(0), new S2sEvent.InputTranscript("one", true));
        tell(new S2sEvent.ResponseStarted("r1"), new S2sEvent.ToolCall("t1", "book", Map.of()));
        standing.toolReturned("t1", "done");
        tell(new S2sEvent.ResponseDone("r1"));

        assertThat(standing.isAgentsTurn()).isTrue();
    }

    @Test
    void turnWhoseWordsNeverCome_doesNotShiftThoseOfLaterOnes() {
        tell(new S2sEvent.TurnEnded(0));
        answered("r1");
        tell(new S2sEvent.TurnEnded(0), new S2sEvent.InputTranscript("two", true));
        answered("r2");
        tell(new S2sEvent.TurnEnded(0), new S2sEvent.InputTranscript("three", true));

        assertThat(standing.handover().items())
                .containsExactly(
                        new AgentSaid("yes", false),
                        new CallerSaid("two"),
                        new AgentSaid("yes", false),
                        new CallerSaid("three"));
    }

    @Test
    void toolOfATurnThatIsOver_isNotWaitedForWithAnAnswer() {
        ask("book a table");
        tell(new S2sEvent.ToolCall("t1", "book", Map.of()));
        ask("what does it cost");
        answered("r1");
        standing.toolReturned("t1", "done");

        assertThat(standing.isAgentsTurn()).isFalse();
    }

    private void ask(String question) {
        tell(
                new S2sEvent.SpeechStarted(),
                new S2sEvent.SpeechStopped(),
                new S2sEvent.TurnEnded(0),
                new S2sEvent.InputTranscript(question, true));
    }

    private void answered(String id) {
        tell(new S2sEvent.ResponseStarted(id), new S2sEvent.ResponseText(id, "yes"), audio(id, 200));
        tell(new S2sEvent.ResponseDone(id));
    }

    private void tell(S2sEvent... events) {
        for (S2sEvent event : events) {
            standing.onEvent(event);
        }
    }

    private static S2sEvent audio(String response, int millis) {
        return new S2sEvent.ResponseAudio(response, AudioFrame.silence(AudioFormat.SLIN_8K, Duration.ofMillis(millis)));
    }
}
