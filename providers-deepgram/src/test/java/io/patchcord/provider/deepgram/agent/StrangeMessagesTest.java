package io.patchcord.provider.deepgram.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service may send some day, or should not: the conversation goes on. */
class StrangeMessagesTest extends AgentTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'SomethingNew','with':{'fields':[1,2]}}",
                "{'type':'LatencyReport','total_latency':0.5}",
                "{'type':'FunctionCallResponse','name':'f','content':'x'}",
                "{'type':'PromptUpdated'}",
                "{'type':'Warning','code':'PROMPT_TOO_LONG','description':'cut'}",
                "{'type':'Warning'}",
                "{'type':null}",
                "{'type':7}",
                "{}",
                "[]",
                "null",
                "7",
                "{'type':'ConversationText'}",
                "{'type':'ConversationText','role':'system','content':'x'}",
                "{'type':'ConversationText','role':'assistant','content':null}",
                "{'type':'ConversationText','role':'assistant','content':''}",
                "{'type':'FunctionCallRequest'}",
                "{'type':'FunctionCallRequest','functions':[]}",
                "{'type':'FunctionCallRequest','functions':[{'name':'f'}]}",
                "{'type':'FunctionCallRequest','functions':'f'}",
                "{'type':'FunctionCallCancelled'}",
                "",
                "hello",
                "{'type':'ConversationText'",
                "<html>",
            })
    void unknownAndNonsensicalMessages_areIgnored(String message) {
        ScriptedService.Line line = inConversation();
        line.says(message);
        line.callerSaid("Hello?");

        assertThat(told()).containsExactly("Ready", "SpeechStarted", "TurnEnded", "caller Hello?");
    }

    @Test
    void unknownFields_areIgnored() {
        ScriptedService.Line line = inConversation();
        line.says("{'type':'ConversationText','role':'user','content':'Hello?','languages':['en'],'new':{'a':1}}");

        assertThat(told()).containsExactly("Ready", "SpeechStarted", "TurnEnded", "caller Hello?");
    }

    @Test
    void hugeText_isIgnored_andTheSessionGoesOn() {
        ScriptedService.Line line = inConversation();
        line.agentSays("x".repeat(10_000_000));
        line.callerSaid("Hello?");

        assertThat(told()).containsExactly("Ready", "SpeechStarted", "TurnEnded", "caller Hello?");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 161, 8_000_000})
    void audioOfAnyLength_isTakenAsItIs(int bytes) {
        ScriptedService.Line line = inConversation();
        line.speaks(new byte[bytes]);
        line.speaks(new byte[0]);

        assertThat(told()).endsWith("audio deepgram-1 " + bytes / 8).hasSize(3);
    }
}
