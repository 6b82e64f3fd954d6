package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.contract.KeptLog;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.provider.openai.testing.FakeRealtimeSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that repeats the key in whatever it tells: it is in no line of the log, also at trace, and in no failure. */
class RealtimeSecretsTest {

    /** Of a gateway: nothing tells that it is a key but the setting. */
    private static final String KEY = "gateway-0123456789abcdef";

    private static final String HALF = KEY.substring(0, 12);
    private static final String ECHO = "You sent " + KEY + ".";

    private final KeptLog log = KeptLog.start();
    private final RealtimeCall call = new RealtimeCall().with("OPENAI_API_KEY", KEY);

    @AfterEach
    void noKeyWasWrittenAnywhere() {
        call.end();
        log.close();
        assertThat(log.lines()).anyMatch(line -> line.contains("(key)"));
        log.assertWithout(HALF);
        assertThat(call.events(S2sEvent.Failed.class))
                .noneMatch(failed -> String.valueOf(failed.error()).contains(HALF));
    }

    @ParameterizedTest
    @ValueSource(strings = {"message", "code", "type"})
    void errorThatTheCallSurvives(String field) {
        greet();
        ObjectNode event = call.service().event("error");
        event.putObject("error").put("message", "").put(field, ECHO);
        call.service().send(event);
        call.pass(100);

        assertThat(log.warnings()).singleElement().asString().contains("OpenAI reports: ", "You sent (key).");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "response."})
    void messageOfAnUnknownType(String prefix) {
        greet();
        call.service().send(call.service().event(prefix + ECHO));
        call.pass(100);
    }

    @Test
    void errorInPlainText() {
        greet();
        call.service().sendText("{\"type\":\"error\",\"error\":\"" + ECHO + "\"}");
        call.pass(100);

        assertThat(log.warnings()).contains("[c1] OpenAI reports: You sent (key).");
    }

    @ParameterizedTest
    @ValueSource(ints = {276, 288, 299})
    void keyAtThePlaceWhereWordsAreCutOff(int before) {
        greet();
        call.service().sendError("x", "x".repeat(before) + KEY + " and more".repeat(9), "", Json.object());
        call.service().sendError("x", KEY, "", Json.object());
        call.pass(100);
    }

    @Test
    void refusedResponse() {
        int[] refusals = {1};
        call.script().on("response.create", (service, event) -> {
            if (refusals[0]-- > 0) {
                service.sendError("server_error", ECHO, "", event);
                return true;
            }
            return false;
        });
        greet();
        call.pass(2_000);
    }

    @Test
    void failedResponses() {
        greet();
        for (int i = 0; i < 2; i++) {
            call.speak("hours please");
            call.pass(560);
            call.service().failResponse("server_error", "server_error", ECHO);
            call.pass(100);
        }
        call.pass(3_000);

        assertThat(call.failure()).hasMessageContaining("(key)");
    }

    @Test
    void responseThatIsIncomplete() {
        greet();
        call.speak("hours please");
        call.pass(560);
        call.service().breakOffResponse("incomplete", ECHO);
        call.pass(2_000);
    }

    @Test
    void transcriptThatFails() {
        greet();
        ObjectNode event = call.service().event("conversation.item.input_audio_transcription.failed");
        event.put("item_id", "item_x").putObject("error").put("message", ECHO);
        call.service().send(event);
        call.pass(100);

        assertThat(log.warnings()).contains("[c1] OpenAI has no transcript: You sent (key).");
    }

    @ParameterizedTest
    @ValueSource(strings = {"session.audio.input.transcription.model", "session.audio.output.voice"})
    void settingThatIsRefused(String parameter) {
        int[] refusals = {1};
        call.script().on("session.update", (service, event) -> {
            if (refusals[0]-- > 0) {
                service.sendError("invalid_value", ECHO, parameter, event);
                return true;
            }
            return false;
        });
        greet();
        call.pass(2_000);
    }

    @Test
    void errorBeforeTheSessionIsReady() {
        call.script().on("session.update", (service, event) -> {
            service.sendError("x", ECHO, "", Json.object().put("event_id", "pc_99"));
            return false;
        });
        greet();
    }

    @ParameterizedTest
    @ValueSource(strings = {"session_expired", "invalid_api_key"})
    void errorThatEndsTheSession(String code) {
        greet();
        call.service().sendError(code, ECHO, "", Json.object());
        call.pass(2_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ECHO})
    void sessionThatIsClosed(String reason) {
        greet();
        FakeRealtimeSession service = call.service();
        service.sendError("x", ECHO, "", Json.object());
        service.close(1011, reason);
        call.pass(2_000);

        assertThat(log.warnings())
                .contains("[c1] OpenAI closed the session with 1011: You sent (key)." + (reason.isEmpty() ? " (x)" : "")
                        + "; opening another session");
    }

    private void greet() {
        call.start();
        call.pass(1_500);
    }
}
