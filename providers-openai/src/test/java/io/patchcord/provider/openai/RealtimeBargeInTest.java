package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.CallEvent;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.provider.openai.testing.FakeAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The caller interrupts: the voice stops, and the model remembers what was heard. */
class RealtimeBargeInTest {

    private static final String LONG = "one two three four five six seven eight nine ten";

    private final RealtimeCall call = new RealtimeCall();

    @AfterEach
    void nothingIsLeft() {
        call.end();
    }

    private void greetLongAndInterrupt() {
        call.profile().greeting(LONG);
        call.script().answers(heard -> FakeAnswer.says("fine " + heard));
        call.start();
        call.pass(1_000);
        call.speak("stop that now");
        call.pass(4_000);
    }

    @Test
    void whatWasHeard_isWhatTheItemIsTruncatedTo() {
        greetLongAndInterrupt();

        Duration played = call.callEvents(CallEvent.Interrupted.class).get(0).playedOut();
        assertThat(call.sent("conversation.item.truncate")).hasSize(1);
        JsonNode truncate = call.sent("conversation.item.truncate").get(0);
        assertThat(truncate.path("audio_end_ms").asLong()).isEqualTo(played.toMillis());
        assertThat(truncate.path("content_index").asInt()).isZero();
        assertThat(played).isBetween(Duration.ofMillis(900), Duration.ofMillis(1_500));
        assertThat(call.heard())
                .startsWith("one two three four")
                .endsWith("fine stop that now")
                .doesNotContain("eight");
    }

    @Test
    void responseThatIsComplete_isNotCancelled() {
        greetLongAndInterrupt();

        assertThat(call.sent("response.cancel")).isEmpty();
    }

    @Test
    void responseThatIsBeingMade_isCancelled_andItsLateAudioDropped() {
        call.script().sendsPieces(Duration.ofMillis(200), Duration.ofMillis(150));
        greetLongAndInterrupt();

        assertThat(call.sent("response.cancel")).hasSize(1);
        String cut = call.sent("response.cancel").get(0).path("response_id").asText();
        List<S2sEvent> events = call.events();
        int interrupted = indexOfLastAudio(events, cut);
        assertThat(call.events(S2sEvent.ResponseDone.class))
                .noneMatch(done -> done.responseId().equals(cut));
        assertThat(events.subList(interrupted + 1, events.size())).anyMatch(S2sEvent.TurnEnded.class::isInstance);
        assertThat(call.heard()).doesNotContain("eight").endsWith("fine stop that now");
    }

    private static int indexOfLastAudio(List<S2sEvent> events, String responseId) {
        int last = -1;
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof S2sEvent.ResponseAudio audio
                    && audio.responseId().equals(responseId)) {
                last = i;
            }
        }
        return last;
    }

    @Test
    void audioAfterTheCancel_isNotHeard() {
        call.script().sendsPieces(Duration.ofMillis(200), Duration.ofMillis(150));
        call.script().on("response.cancel", (service, event) -> {
            String response = event.path("response_id").asText();
            for (int i = 0; i < 3; i++) {
                service.send(service.event("response.output_audio.delta")
                        .put("response_id", response)
                        .put("item_id", "late")
                        .put("output_index", 0)
                        .put("content_index", 0)
                        .put("delta", "AAAAAAAA"));
            }
            return false;
        });
        greetLongAndInterrupt();

        String cut = call.sent("response.cancel").get(0).path("response_id").asText();
        int told = indexOfLastAudio(call.events(), cut);
        int cutAt = call.events().indexOf(firstOf(S2sEvent.TurnEnded.class));
        assertThat(told).isLessThan(cutAt);
        assertThat(call.heard()).endsWith("fine stop that now");
    }

    private S2sEvent firstOf(Class<? extends S2sEvent> type) {
        return call.events(type).get(0);
    }

    @Test
    void severalItems_thePlayingOneIsTruncated_theLaterOnesAreDeleted() {
        call.script()
                .answers(heard -> heard.contains("stop")
                        ? FakeAnswer.says("fine")
                        : FakeAnswer.says("one two three", "four five six seven", "eight nine"));
        call.start();
        call.pass(1_500);
        call.speak("count please");
        // The answer begins 660 ms after the last word; then one item and a part of the second are heard.
        call.pass(1_500);
        call.speak("stop");
        call.pass(3_000);

        List<JsonNode> sent = new ArrayList<>(call.sent("conversation.item.truncate"));
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).path("audio_end_ms").asLong()).isBetween(300L, 790L);
        assertThat(call.sent("conversation.item.delete")).hasSize(1);
        assertThat(call.service().conversation().get(2)).isEqualTo("assistant: one two three");
        assertThat(call.service().conversation()).doesNotContain("assistant: eight nine");
    }

    @Test
    void nothingHeard_deletesTheItem_andBothTurnsAreAnsweredTogether() {
        call.script().thinksFor(Duration.ofMillis(700));
        call.start();
        call.pass(2_500);
        call.speak("first words");
        // The turn is over after 500 ms; the caller goes on before the answer begins.
        call.pass(700);
        call.speak("second words");
        call.pass(5_000);

        assertThat(call.sent("conversation.item.truncate")).isEmpty();
        assertThat(call.heard()).isEqualTo("Hello caller You said second words");
        assertThat(call.service().conversation())
                .containsExactly(
                        "assistant: Hello caller",
                        "user: first words",
                        "user: second words",
                        "assistant: You said second words");
    }

    @Test
    void itemsOfACutResponse_ofWhichNothingWasHeard_areDeletedWhenTheyAreTold() {
        call.mayBeTold("item_not_found");
        call.script().on("response.cancel", (service, event) -> {
            var done = service.event("response.done");
            var response = done.putObject("response");
            response.put("id", event.path("response_id").asText()).put("status", "cancelled");
            response.putObject("status_details").put("type", "cancelled").put("reason", "client_cancelled");
            var output = response.putArray("output");
            output.addObject().put("id", "unheard_1").put("type", "message").put("status", "incomplete");
            output.addObject()
                    .put("id", "unheard_2")
                    .put("type", "function_call")
                    .put("status", "incomplete");
            service.send(done);
            return false;
        });
        call.script().sendsPieces(Duration.ofMillis(200), Duration.ofMillis(150));
        greetLongAndInterrupt();

        assertThat(call.sent("conversation.item.delete"))
                .extracting(event -> event.path("item_id").asText())
                .contains("unheard_1", "unheard_2");
    }

    @Test
    void heardMoreThanWasMade_isClampedToWhatWasMade() {
        call.profile().greeting("one two three");
        call.start();
        call.pass(300);
        String greeting = call.events(S2sEvent.ResponseStarted.class).get(0).responseId();

        call.session().interrupt(greeting, Duration.ofSeconds(20));
        call.session().interrupt(greeting, Duration.ofMillis(1));
        call.pass(300);

        // All of it was made and heard, so there is nothing to cut.
        assertThat(call.sent("conversation.item.truncate")).isEmpty();
        assertThat(call.sent("conversation.item.delete")).isEmpty();
    }

    @Test
    void cancelThatComesTooLate_disturbsNothing() {
        call.script().on("response.cancel", (service, event) -> {
            service.sendError("response_cancel_not_active", "Cancellation failed: no active response found", "", event);
            return false;
        });
        call.script().sendsPieces(Duration.ofMillis(200), Duration.ofMillis(150));
        greetLongAndInterrupt();

        assertThat(call.heard()).endsWith("fine stop that now");
        assertThat(call.events(S2sEvent.Failed.class)).isEmpty();
    }

    @Test
    void serverThatCutsByItself_isUnderstood() {
        call.script().on("session.update", (service, event) -> {
            ((ObjectNode) event.at("/session/audio/input/turn_detection")).put("interrupt_response", true);
            return false;
        });
        call.script().sendsPieces(Duration.ofMillis(200), Duration.ofMillis(150));
        greetLongAndInterrupt();

        assertThat(call.heard())
                .startsWith("one two")
                .endsWith("fine stop that now")
                .doesNotContain("nine");
        assertThat(call.events(S2sEvent.Failed.class)).isEmpty();
    }

    @Test
    void interruptedSentence_isRememberedAsFarAsItWasHeard_inTheNextSession() {
        greetLongAndInterrupt();
        call.service().cut();
        call.pass(2_000);

        assertThat(call.sockets().sessions()).hasSize(2);
        assertThat(call.service().conversation().get(0))
                .startsWith("assistant: one two three")
                .endsWith("…")
                .doesNotContain("eight");
    }

    @Test
    void whatWasLeftOfALostSession_canBeInterruptedToo_andIsRememberedAsItWasHeard() {
        call.profile().greeting(LONG);
        call.script().answers(heard -> FakeAnswer.says("fine " + heard));
        call.start();
        call.pass(500);
        call.service().cut();
        call.pass(400);
        assertThat(call.sockets().sessions()).hasSize(2);
        call.speak("stop that now");
        call.pass(4_000);

        assertThat(call.sent("conversation.item.truncate")).isEmpty();
        assertThat(call.service().conversation()).hasSize(3);
        assertThat(call.service().conversation().get(0))
                .startsWith("assistant: one two three")
                .endsWith("…")
                .doesNotContain("eight");
        assertThat(call.heard()).endsWith("fine stop that now");
    }

    @Test
    void unknownResponse_isIgnored() {
        call.start();
        call.pass(500);
        call.session().interrupt("no such response", Duration.ofSeconds(1));
        call.session().playedOut("no such response");
        call.pass(1_000);

        assertThat(call.sent("response.cancel")).isEmpty();
        assertThat(call.heard()).isEqualTo("Hello caller");
    }
}
