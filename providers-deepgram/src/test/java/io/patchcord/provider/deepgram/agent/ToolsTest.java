package io.patchcord.provider.deepgram.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions that the service asks us to run. */
class ToolsTest extends AgentTest {

    private static final String REQUEST =
            "{'type':'FunctionCallRequest','functions':[{'id':'%s','name':'%s','arguments':'%s','client_side':%s}]}";

    @Test
    void request_becomesAToolCall_andItsResultIsTheResponse() {
        ScriptedService.Line line = inConversation();
        line.saysAsItIs("""
                {"type":"FunctionCallRequest","functions":[{"id":"c1","name":"clock","client_side":true,
                 "arguments":"{\\"zone\\":\\"CET\\",\\"none\\":null}"}]}""");
        session.toolResult("c1", "{\"time\":\"noon\"}");

        assertThat(told()).containsExactly("Ready", "tool c1 clock {zone=CET}");
        assertThat(line.sent("FunctionCallResponse"))
                .singleElement()
                .hasToString("{\"type\":\"FunctionCallResponse\",\"id\":\"c1\",\"name\":\"clock\","
                        + "\"content\":\"{\\\"time\\\":\\\"noon\\\"}\"}");
    }

    @Test
    void severalInOneRequest_andOneAfterTheOther_areEachAnsweredOnce() {
        ScriptedService.Line line = inConversation();
        line.says("{'type':'FunctionCallRequest','functions':["
                + "{'id':'c1','name':'a','arguments':'{}','client_side':true},"
                + "{'id':'c2','name':'b','arguments':'{}','client_side':true}]}");
        line.says(REQUEST.formatted("c3", "a", "{}", true));
        session.toolResult("c2", "two");
        session.toolResult("c1", "one");
        session.toolResult("c1", "one again");
        session.toolResult("c3", "three");
        session.toolResult("c9", "nobody asked");

        assertThat(told()).endsWith("tool c1 a {}", "tool c2 b {}", "tool c3 a {}");
        assertThat(line.sent("FunctionCallResponse"))
                .extracting(message -> message.path("content").asText())
                .containsExactly("two", "one", "three");
    }

    @Test
    void functionsThatDeepgramRuns_areNotOurs() {
        inConversation().says(REQUEST.formatted("c1", "clock", "{}", false));
        session.toolResult("c1", "noon");

        assertThat(told()).containsExactly("Ready");
        assertThat(service.line().sent("FunctionCallResponse")).isEmpty();
    }

    @Test
    void cancelledCall_getsNoResponse() {
        ScriptedService.Line line = inConversation();
        line.says(REQUEST.formatted("c1", "clock", "{}", true));
        line.says("{'type':'FunctionCallCancelled','functions':[{'id':'c1','name':'clock'}]}");
        session.toolResult("c1", "noon");

        assertThat(line.sent("FunctionCallResponse")).isEmpty();
    }

    @Test
    void sameRequestTwice_isRunOnce() {
        ScriptedService.Line line = inConversation();
        line.says(REQUEST.formatted("c1", "clock", "{}", true));
        line.says(REQUEST.formatted("c1", "clock", "{}", true));

        assertThat(told()).containsExactly("Ready", "tool c1 clock {}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'{'|{}", "no json|{}", "''|{}", "[1]|{}", "7|{}"})
    void argumentsThatAreNoObject_areNone(String arguments, String expected) {
        inConversation().says(REQUEST.formatted("c1", "clock", arguments, true));

        assertThat(told()).containsExactly("Ready", "tool c1 clock " + expected);
    }

    @Test
    void argumentsAsAnObject_areUnderstood() {
        inConversation()
                .says(
                        "{'type':'FunctionCallRequest','functions':[{'id':'c1','name':'clock','arguments':{'zone':'CET'}}]}");

        assertThat(told()).containsExactly("Ready", "tool c1 clock {zone=CET}");
    }

    /** As when the model says goodbye and hangs up: the service waits for a result that does not come any more. */
    @Test
    void wordsBeforeATool_areDoneWhenNothingMoreComes() {
        ScriptedService.Line line = inConversation();
        line.says(REQUEST.formatted("c1", "hang_up", "{}", true));
        line.agentSays("Goodbye.");
        line.speaks(500);
        loop.advance(Duration.ofMillis(1_100));
        assertThat(told()).endsWith("audio deepgram-1 500");

        loop.advance(Duration.ofMillis(200));
        assertThat(told()).endsWith("audio deepgram-1 500", "done deepgram-1");
    }

    @Test
    void slowTool_isNoSilenceOfTheService() {
        ScriptedService.Line line = inConversation();
        line.callerSaid("What time is it?");
        line.says(REQUEST.formatted("c1", "clock", "{}", true));
        line.agentSays("One moment.");
        line.speaks(500);
        loop.advance(Duration.ofMinutes(2));

        assertThat(line.end()).isEmpty();
        session.toolResult("c1", "noon");
        loop.advance(Duration.ofSeconds(11));
        assertThat(line.end()).isEqualTo("abort");
    }

    @Test
    void withEagerEndsOfTurn_functionsWaitForTheRealOne_sinceTheyCannotBeTakenBack() {
        set("DEEPGRAM_AGENT_LISTEN_MODEL", "flux-general-en");
        set("DEEPGRAM_AGENT_EAGER_EOT_THRESHOLD", "0.5");
        JsonNode function = inConversation().settings().at("/agent/think/functions/0");

        assertThat(function.path("defer_until_eot").asBoolean(false)).isTrue();
    }
}
