package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.CallEvent;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.ToolSpec;
import io.patchcord.agent.tool.Tool;
import io.patchcord.agent.tool.ToolContext;
import io.patchcord.agent.tool.Tools;
import io.patchcord.provider.openai.testing.FakeAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The model calls tools, and goes on with their results. */
class RealtimeToolsTest {

    private final RealtimeCall call = new RealtimeCall();
    private final List<CompletableFuture<String>> pending = new ArrayList<>();

    @AfterEach
    void nothingIsLeft() {
        call.end();
    }

    /** A tool that answers when the test says so. */
    private final class SlowTool implements Tool {

        private final String name;

        SlowTool(String name) {
            this.name = name;
        }

        @Override
        public ToolSpec spec() {
            return new ToolSpec(
                    name,
                    "Does " + name,
                    "{\"type\":\"object\",\"properties\":{\"day\":{\"type\":\"string\"}},\"required\":[\"day\"]}");
        }

        @Override
        public CompletionStage<String> call(ToolContext context, Map<String, Object> arguments) {
            CompletableFuture<String> result = new CompletableFuture<>();
            pending.add(result);
            return result;
        }
    }

    private void start(FakeAnswer first) {
        call.tool(new SlowTool("book")).tool(new SlowTool("pay"));
        call.script().answers(heard -> heard.contains("table") ? first : FakeAnswer.says("result " + heard));
        call.start();
        call.pass(1_500);
        call.speak("table please");
        call.pass(1_000);
    }

    @Test
    void toolsAreDescribedFlat() {
        start(FakeAnswer.says("no"));

        JsonNode tool = call.sent("session.update").get(0).at("/session/tools/0");
        assertThat(tool.path("type").asText()).isEqualTo("function");
        assertThat(tool.path("name").asText()).isEqualTo("book");
        assertThat(tool.path("description").asText()).isEqualTo("Does book");
        assertThat(tool.at("/parameters/properties/day/type").asText()).isEqualTo("string");
        assertThat(tool.has("function")).isFalse();
    }

    @Test
    void call_isTold_andItsResultIsSpokenAbout() {
        start(FakeAnswer.calls("book", "{\"day\":\"Monday\",\"note\":null}"));
        assertThat(call.events(S2sEvent.ToolCall.class)).hasSize(1);
        S2sEvent.ToolCall told = call.events(S2sEvent.ToolCall.class).get(0);
        assertThat(told.name()).isEqualTo("book");
        assertThat(told.arguments()).isEqualTo(Map.of("day", "Monday"));

        call.pass(2_000);
        pending.get(0).complete("booked");
        call.pass(3_000);

        JsonNode output = call.sent("conversation.item.create").get(0).path("item");
        assertThat(output.path("type").asText()).isEqualTo("function_call_output");
        assertThat(output.path("call_id").asText()).isEqualTo(told.callId());
        assertThat(output.path("output").asText()).isEqualTo("booked");
        assertThat(call.heard()).endsWith("result booked");
    }

    @Test
    void resultThatComesWhileAnAnswerIsAskedFor_isSpokenAboutAfterIt() {
        start(FakeAnswer.calls("book", "{\"day\":\"Monday\"}"));
        call.pass(2_000);
        call.script().answers(heard -> {
            pending.get(0).complete("booked");
            return FakeAnswer.says(heard.contains("4 2") ? "account found" : "result " + heard);
        });
        call.press("42#");
        call.pass(4_000);

        assertThat(call.heard()).endsWith("account found result booked");
    }

    @Test
    void wordsAndACall_areBoth_andTheAnswerWaitsForTheEndOfTheResponse() {
        call.script().sendsPieces(Duration.ofMillis(200), Duration.ofMillis(300));
        start(FakeAnswer.says("one moment please wait").and(FakeAnswer.calls("book", "{\"day\":\"Monday\"}")));
        call.pass(3_000);
        pending.get(0).complete("booked");
        call.pass(3_000);

        assertThat(call.heard()).endsWith("one moment please wait result booked");
        assertThat(call.service().responses()).isEqualTo(3);
    }

    @Test
    void severalCallsInOneResponse_bringOneAnswer_whenTheLastResultIsThere() {
        start(FakeAnswer.calls("book", "{\"day\":\"Monday\"}").and(FakeAnswer.calls("pay", "{\"day\":\"Tuesday\"}")));
        assertThat(pending).hasSize(2);
        pending.get(1).complete("paid");
        call.pass(2_000);
        assertThat(call.service().responses()).isEqualTo(2);

        pending.get(0).complete("booked");
        call.pass(3_000);

        assertThat(call.service().responses()).isEqualTo(3);
        assertThat(call.sent("conversation.item.create"))
                .extracting(event -> event.at("/item/output").asText())
                .containsExactly("paid", "booked");
        assertThat(call.heard()).endsWith("result booked");
    }

    @Test
    void resultWhileAnotherResponseIsMade_waitsForItsEnd() {
        start(FakeAnswer.calls("book", "{\"day\":\"Monday\"}"));
        call.script().sendsPieces(Duration.ofMillis(200), Duration.ofMillis(300));
        call.session().say("still working on it for you");
        call.pass(500);
        pending.get(0).complete("booked");
        call.pass(6_000);

        assertThat(call.heard()).endsWith("still working on it for you result booked");
        assertThat(call.sent("response.create")).hasSize(3);
    }

    @Test
    void resultWhileTheCallerSpeaks_isPartOfTheNextAnswer() {
        start(FakeAnswer.calls("book", "{\"day\":\"Monday\"}"));
        call.pass(500);
        call.speak("and");
        pending.get(0).complete("booked");
        call.speak("also wine");
        call.pass(4_000);

        // Answered once: by the service itself, at the end of the turn.
        assertThat(call.service().responses()).isEqualTo(3);
        assertThat(call.heard()).endsWith("result and also wine");
    }

    @Test
    void resultThatCrossesWithTheServersOwnAnswer_isSpokenAboutAfterIt() {
        start(FakeAnswer.calls("book", "{\"day\":\"Monday\"}"));
        call.pass(500);
        call.script().answers(heard -> {
            // The server begins to answer while the result is on its way.
            pending.get(0).complete("booked");
            return FakeAnswer.says("result " + heard);
        });
        call.speak("and wine");
        call.pass(6_000);

        assertThat(call.heard()).endsWith("result and wine result booked");
        assertThat(call.service().responses()).isEqualTo(4);
    }

    @Test
    void answerThatCrossesWithTheServersOwn_isGivenOnce() {
        start(FakeAnswer.calls("book", "{\"day\":\"Monday\"}"));
        call.script().on("response.create", (service, event) -> {
            call.script().asUsual("response.create");
            // The server has just begun one, which knows the result.
            service.beginResponse(FakeAnswer.says("result itself"));
            service.sendError("conversation_already_has_active_response", "One moment.", "", event);
            return true;
        });
        pending.get(0).complete("booked");
        call.pass(6_000);

        assertThat(call.heard()).endsWith("result itself");
        assertThat(call.service().responses()).isEqualTo(3);
    }

    @Test
    void argumentsThatAreNoObject_areSentBackWithoutTheToolBeingRun() {
        call.script()
                .answers(heard ->
                        heard.contains("table") ? FakeAnswer.calls("book", "{\"day\":") : FakeAnswer.says("sorry"));
        call.tool(new SlowTool("book"));
        call.start();
        call.pass(1_500);
        call.speak("table please");
        call.pass(3_000);

        assertThat(pending).isEmpty();
        assertThat(call.sent("conversation.item.create")
                        .get(0)
                        .at("/item/output")
                        .asText())
                .contains("no JSON object");
        assertThat(call.heard()).endsWith("sorry");
    }

    @Test
    void callOfAResponseThatIsInterruptedBeforeItsEnd_isNotMade_andForgotten() {
        call.script().sendsPieces(Duration.ofMillis(200), Duration.ofMillis(400));
        start(FakeAnswer.says("one two three four five").and(FakeAnswer.calls("book", "{\"day\":\"Monday\"}")));
        call.script().sendsPieces(Duration.ofMillis(200), Duration.ZERO);
        call.speak("no wait stop");
        call.pass(4_000);

        assertThat(pending).isEmpty();
        assertThat(call.events(S2sEvent.ToolCall.class)).isEmpty();
        assertThat(call.callEvents(CallEvent.Interrupted.class)).isNotEmpty();
    }

    @Test
    void callOfAResponseThatWasCutWhenItWasComplete_isForgotten() {
        call.mayBeTold("item_not_found");
        call.script().on("response.cancel", (service, event) -> {
            // Too late: it was complete, with a call, before the cancel came.
            var done = service.event("response.done");
            var response = done.putObject("response");
            response.put("id", event.path("response_id").asText()).put("status", "completed");
            var item = response.putArray("output").addObject();
            item.put("id", "call_item").put("type", "function_call").put("status", "completed");
            item.put("call_id", "call_x").put("name", "book").put("arguments", "{}");
            service.send(done);
            return false;
        });
        call.script().sendsPieces(Duration.ofMillis(200), Duration.ofMillis(400));
        start(FakeAnswer.says("one two three four five"));
        call.script().sendsPieces(Duration.ofMillis(200), Duration.ZERO);
        call.speak("no wait stop");
        call.pass(4_000);

        assertThat(pending).isEmpty();
        assertThat(call.sent("conversation.item.delete"))
                .extracting(event -> event.path("item_id").asText())
                .contains("call_item");
    }

    @Test
    void lostSession_isOpenedAgain_withTheCall_andTakesItsResult() {
        start(FakeAnswer.calls("book", "{\"day\":\"Monday\"}"));
        call.service().cut();
        call.pass(2_000);
        pending.get(0).complete("booked");
        call.pass(3_000);

        assertThat(call.sockets().sessions()).hasSize(2);
        assertThat(call.service().conversation())
                .containsExactly(
                        "assistant: Hello caller",
                        "user: table please",
                        "function_call: book",
                        "function_call_output: booked",
                        "assistant: result booked");
        assertThat(call.heard()).endsWith("result booked");
    }

    @Test
    void callerIsPutThrough_afterTheLastWord() {
        Tool transfer = Tools.builtIn().named("transfer").orElseThrow();
        call.tool(transfer);
        call.script()
                .answers(heard -> FakeAnswer.says("putting you through")
                        .and(FakeAnswer.calls("transfer", "{\"destination\":\"7001\"}")));
        call.start();
        call.pass(1_500);
        call.speak("sales please");
        call.pass(4_000);

        assertThat(call.heard()).endsWith("putting you through");
        assertThat(call.control()).containsExactly("transfer 7001");
    }

    @Test
    void resultOfAnUnknownCall_isIgnored() {
        call.start();
        call.session().toolResult("no such call", "{}");
        call.pass(1_500);

        assertThat(call.sent("conversation.item.create")).isEmpty();
        assertThat(call.heard()).isEqualTo("Hello caller");
    }
}
