package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.CallEvent;
import io.patchcord.agent.TurnLatency;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.turn.BargeInPolicy;
import io.patchcord.provider.openai.testing.FakeAnswer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole calls as they should be. */
class RealtimeConversationTest {

    private final RealtimeCall call = new RealtimeCall();

    @AfterEach
    void nothingIsLeft() {
        call.end();
    }

    @Test
    void callerIsGreeted_asks_andIsAnswered() {
        call.start();
        call.pass(1_500);
        call.speak("hours please");
        call.pass(4_000);

        assertThat(call.heard()).isEqualTo("Hello caller You said hours please");
        assertThat(call.callEvents(CallEvent.CallerSaid.class))
                .containsExactly(new CallEvent.CallerSaid("hours please"));
        assertThat(call.callEvents(CallEvent.Interrupted.class)).isEmpty();
        assertThat(call.service().conversation())
                .containsExactly("assistant: Hello caller", "user: hours please", "assistant: You said hours please");
    }

    @Test
    void latency_isMeasuredFromTheLastWord_andItsPartsAddUp() {
        call.start();
        call.pass(1_500);
        call.speak("hours please");
        call.pass(4_000);

        TurnLatency latency = call.callEvents(CallEvent.Answered.class).get(0).latency();
        // 500 ms of silence, which begin 20 ms before the end of the last tone's gap; the way there and back.
        assertThat(latency.endpoint()).isBetween(Duration.ofMillis(500), Duration.ofMillis(600));
        assertThat(latency.transcript()).isZero();
        assertThat(latency.firstText()).isBetween(Duration.ofMillis(90), Duration.ofMillis(120));
        assertThat(latency.firstAudio()).isLessThan(Duration.ofMillis(10));
        assertThat(latency.total()).isLessThan(Duration.ofMillis(750));
    }

    @Test
    void sessionIsSetUp_asAGaSessionInTheCallsLaw() {
        call.profile().instructions("Be brief.").language("en-GB").voice("cedar");
        call.start();
        call.pass(200);

        JsonNode session = call.sent("session.update").get(0).path("session");
        assertThat(session.path("type").asText()).isEqualTo("realtime");
        assertThat(session.path("instructions").asText()).isEqualTo("Be brief.");
        JsonNode input = session.path("audio").path("input");
        assertThat(input.path("format").toString()).isEqualTo("{\"type\":\"audio/pcmu\"}");
        assertThat(input.path("turn_detection").toString())
                .isEqualTo("{\"type\":\"server_vad\",\"threshold\":0.5,\"prefix_padding_ms\":300,"
                        + "\"silence_duration_ms\":500,\"create_response\":true,\"interrupt_response\":false}");
        assertThat(input.path("transcription").toString())
                .isEqualTo("{\"model\":\"gpt-4o-mini-transcribe\",\"language\":\"en\"}");
        JsonNode output = session.path("audio").path("output");
        assertThat(output.toString()).isEqualTo("{\"format\":{\"type\":\"audio/pcmu\"},\"voice\":\"cedar\"}");
        assertThat(call.sockets().addresses().get(0).toString())
                .isEqualTo("wss://api.openai.com/v1/realtime?model=gpt-realtime-2.1");
    }

    @ParameterizedTest
    @CsvSource({"SLIN,8000,audio/pcmu", "ULAW,8000,audio/pcmu", "ALAW,8000,audio/pcma", "SLIN,16000,audio/pcm"})
    void everyCallFormat_isHeardAndAnswered(AudioFormat.Encoding encoding, int rate, String wire) {
        call.format(new AudioFormat(encoding, rate));
        call.start();
        call.pass(1_500);
        call.speak("hours please");
        call.pass(4_000);

        assertThat(call.service().config().at("/audio/input/format/type").asText())
                .isEqualTo(wire);
        assertThat(call.service().config().at("/audio/output/format/type").asText())
                .isEqualTo(wire);
        assertThat(call.heard()).isEqualTo("Hello caller You said hours please");
    }

    @Test
    void frame_isOneMessageOfTheSameLength() {
        call.start();
        call.pass(100);
        int before = call.service().heardMs();
        call.pass(1_000);

        assertThat(call.service().heardMs() - before).isEqualTo(1_000);
    }

    @Test
    void audioBeforeTheSessionIsReady_isNotLost() {
        call.profile().greeting(null);
        call.history(new ConversationItem.AgentSaid("Hello.", false));
        call.start();
        call.speak("early words");
        call.pass(3_000);

        assertThat(call.heard()).isEqualTo("You said early words");
    }

    @Test
    void withoutAGreeting_theModelFindsOne() {
        call.profile().greeting(null);
        call.script().answers(heard -> FakeAnswer.says(heard.isEmpty() ? "Welcome" : "What"));
        call.start();
        call.pass(2_000);

        assertThat(call.heard()).isEqualTo("Welcome");
    }

    @Test
    void history_isTold_andNothingIsSaidFirst() {
        call.history(
                new ConversationItem.AgentSaid("Hello", false),
                new ConversationItem.CallerSaid("Table for two"),
                new ConversationItem.ToolCalled("t1", "book", Map.of("people", 2)),
                new ConversationItem.ToolReturned("t1", "booked"),
                new ConversationItem.ToolCalled("t2", "pay", Map.of()),
                new ConversationItem.AgentSaid("Your table is", true));
        call.start();
        call.pass(3_000);

        assertThat(call.heard()).isEmpty();
        assertThat(call.service().conversation())
                .containsExactly(
                        "assistant: Hello",
                        "user: Table for two",
                        "function_call: book",
                        "function_call_output: booked",
                        "function_call: pay",
                        "function_call_output: No result: the call went on before the tool was done.",
                        "assistant: Your table is …");
    }

    @Test
    void historyThatAwaitsAnAnswer_isAnsweredAtOnce() {
        call.history(new ConversationItem.AgentSaid("Hello", false), new ConversationItem.CallerSaid("Table for two"));
        call.start();
        call.pass(2_000);

        assertThat(call.heard()).isEqualTo("You said Table for two");
    }

    @Test
    void newInstructions_areToldToTheSession_andToThoseAfterIt() {
        call.start();
        call.pass(1_500);
        call.session().changeInstructions("Speak like a pirate.");
        call.pass(200);
        assertThat(call.service().config().path("instructions").asText()).isEqualTo("Speak like a pirate.");
        call.service().cut();
        call.pass(500);

        assertThat(call.sockets().sessions()).hasSize(2);
        assertThat(call.service().config().path("instructions").asText()).isEqualTo("Speak like a pirate.");
    }

    @Test
    void newVoice_isThatOfAnotherSession_atTheNextPause() {
        call.start();
        call.pass(1_500);
        call.speak("hours please");
        call.session().changeVoice("cedar");
        call.pass(4_000);
        assertThat(call.sockets().sessions()).hasSize(2);
        call.speak("thanks");
        call.pass(3_000);

        assertThat(call.service().config().at("/audio/output/voice").asText()).isEqualTo("cedar");
        assertThat(call.heard()).isEqualTo("Hello caller You said hours please You said thanks");
        assertThat(call.service().conversation()).hasSize(5);
    }

    @Test
    void sentencesAreSaid_oneAfterTheOther_wordForWord() {
        call.start();
        call.session().say("one two three");
        call.session().say("four five");
        call.pass(6_000);

        assertThat(call.heard()).isEqualTo("Hello caller one two three four five");
        assertThat(call.sent("response.create"))
                .hasSize(3)
                .allSatisfy(event ->
                        assertThat(event.at("/response/tool_choice").asText()).isEqualTo("none"));
    }

    @Test
    void turnWhileAResponseIsMade_isAnsweredAfterIt() {
        // The core does not yield, so that the response goes on; the service cannot answer by itself then.
        call.profile().bargeIn(BargeInPolicy.NEVER);
        call.script().sendsPieces(Duration.ofMillis(200), Duration.ofMillis(400));
        call.script().answers(heard -> FakeAnswer.says("You said " + heard + " and that is fine with me"));
        call.start();
        call.pass(2_500);
        call.speak("first");
        call.pass(1_200);
        call.speak("second");
        call.pass(20_000);

        assertThat(call.heard()).contains("You said first and that is fine with me You said second");
        assertThat(call.service().responses()).isEqualTo(3);
    }

    @Test
    void callersSilence_isMadeUp_soThatTheTurnEnds() {
        call.start();
        call.pass(1_500);
        call.speak("hours please");
        call.hold(4_000);

        assertThat(call.heard()).isEqualTo("Hello caller You said hours please");
    }

    @Test
    void transcriptsThatComeLate_areToldInTheOrderOfTheTurns() {
        call.script().writesAfter(Duration.ofSeconds(9));
        call.start();
        call.pass(1_500);
        call.speak("first turn");
        call.pass(3_000);
        call.script().writesAfter(Duration.ofMillis(100));
        call.speak("second turn");
        call.pass(10_000);

        assertThat(call.callEvents(CallEvent.CallerSaid.class))
                .extracting(CallEvent.CallerSaid::text)
                .containsExactly("first turn", "second turn");
        assertThat(call.events(S2sEvent.InputTranscript.class)).contains(new S2sEvent.InputTranscript("second", false));
    }

    @Test
    void transcriptThatFails_keepsNoOtherBack() {
        call.start();
        call.pass(1_500);
        call.script().writesAfter(Duration.ofMinutes(5));
        call.speak("first turn");
        call.pass(3_000);
        call.script().writesAfter(Duration.ofMillis(100));
        call.speak("second turn");
        call.pass(10_000);
        call.speak("third turn");
        call.pass(3_000);

        assertThat(call.callEvents(CallEvent.CallerSaid.class))
                .extracting(CallEvent.CallerSaid::text)
                .containsExactly("second turn", "third turn");
    }

    @Test
    void closed_endsTheSocketInOrder_andIsTheLastEvent() {
        call.start();
        call.pass(500);
        call.session().close();
        call.session().close();
        call.pass(500);

        assertThat(call.service().isOver()).isTrue();
        assertThat(call.events().get(call.events().size() - 1)).isEqualTo(new S2sEvent.Closed());
    }
}
