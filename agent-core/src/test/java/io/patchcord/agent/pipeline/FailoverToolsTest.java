package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.ConversationItem.ToolReturned;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.testing.ScriptedLlm;
import io.patchcord.agent.testing.ScriptedReply;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tools whose results come early, late, or never, where providers stand in for each other. */
class FailoverToolsTest extends TwoProviders {

    private final ScriptedLlm llm = new ScriptedLlm();

    @Test
    void oneToolIsQuick_theOtherTakesItsTime_theSessionIsLeftAlone() {
        PuppetS2s puppet = new PuppetS2s(call.tones);
        call.start(call.engine(puppet, second));
        call.silence(500);
        puppet.says("r1", "hello");
        call.silence(1_000);
        puppet.callerSaid("book it");
        puppet.tell(new S2sEvent.ToolCall("t1", "book", Map.of()));
        puppet.tell(new S2sEvent.ToolCall("t2", "weather", Map.of()));
        call.silence(12_000);

        assertThat(puppet.isClosed()).isFalse();
        call.toolResult.complete("done");
        call.silence(1_000);
        assertThat(puppet.results()).contains("done");
    }

    @Test
    void serviceHangsAfterAQuickTool_isNoticed() {
        first.calls("book it", "book").answers("book it", "one moment");
        call.toolResult.complete("table for two");
        call.start(call.engine(first, second));
        call.silence(3_000);
        call.speak("book it");
        call.silence(940);
        first.hang();
        call.silence(30_000);

        assertThat(call.heard()).endsWith("table for two");
    }

    @Test
    void answerToAToolIsSlow_callerIsAskedToWait() {
        first.calls("book it", "book");
        call.start(call.engine(first, second));
        call.silence(3_000);
        call.speak("book it");
        call.silence(2_000);
        call.toolResult.complete("table for two");
        call.silence(40);
        first.hang();
        call.silence(5_000);

        assertThat(call.heard()).endsWith(FailoverCall.MOMENT);
    }

    @Test
    void toolThatAnswersAfterTheCallerHasAskedSomethingElse_isNoReasonToFail() {
        llm.when(
                        "book",
                        ScriptedReply.text(FailoverCall.words(12) + ".")
                                .callTool("t1", "book", Map.of())
                                .done())
                .when("cost", "two pounds");
        call.start(call.engine(call.cascade(llm), second));
        call.silence(3_000);
        call.speak("please book");
        call.silence(2_000);
        call.speak("what does it cost");
        call.silence(4_000);
        assertThat(call.heard()).endsWith("two pounds");
        call.toolResult.complete("booked");
        call.silence(15_000);

        assertThat(call.heard()).endsWith("two pounds");
        assertThat(second.requests()).isEmpty();
    }

    @Test
    void toolNeverAnswers_andItsProviderIsLost_theCallGoesOnAllTheSame() {
        first.calls("book it", "book");
        second.answers("book it", "sorry");
        call.start(call.engine(first, second));
        call.silence(3_000);
        call.speak("book it");
        call.silence(1_500);
        first.drop();
        call.silence(14_000);
        assertThat(second.requests()).isEmpty();
        call.silence(6_000);
        assertThat(second.requests().get(0).history())
                .as("the tool may have done what it was asked for, and is not to be asked again")
                .last()
                .isInstanceOfSatisfying(
                        ToolReturned.class,
                        returned -> assertThat(returned.result()).contains("not known"));
        call.toolResult.complete("booked");
        call.speak(QUESTION);
        call.silence(6_000);

        assertThat(call.heard()).endsWith(ANSWER);
    }
}
