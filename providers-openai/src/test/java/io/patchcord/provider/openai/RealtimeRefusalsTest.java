package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.provider.socket.SocketEnd;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service refuses: the call goes on without it, or ends as it should. */
class RealtimeRefusalsTest extends RealtimeTrouble {

    @ParameterizedTest
    @CsvSource({
        "401,invalid_api_key,UNAUTHORIZED",
        "403,,UNAUTHORIZED",
        "404,model_not_found,CONFIGURATION",
        "404,,CONFIGURATION",
        "429,rate_limit_exceeded,RATE_LIMITED",
        "429,insufficient_quota,UNAUTHORIZED",
        "400,,REJECTED",
        "302,,CONFIGURATION"
    })
    void refusedHandshake_failsAtOnce(int status, String code, Kind kind) {
        String error = code == null ? "" : ",\"code\":\"" + code + "\"";
        call.sockets()
                .refuseAll(new SocketEnd.Refused(
                        status,
                        Map.of("retry-after", "7"),
                        "{\"error\":{\"message\":\"No. Key " + RealtimeCall.KEY + " or sk-te***cdef\"" + error + "}}"));
        call.start();
        call.pass(200);

        assertThat(call.failure().kind()).isEqualTo(kind);
        assertThat(call.failure().retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(call.failure().getMessage())
                .contains(String.valueOf(status), "No.")
                .doesNotContain(RealtimeCall.KEY, "cdef");
        assertThat(call.sockets().addresses()).hasSize(1);
        assertThat(call.control()).containsExactly("give up");
    }

    @Test
    void refusedUntilADate_whichIsPast_mayBeTriedAgainNow() {
        call.sockets()
                .refuseAll(new SocketEnd.Refused(429, Map.of("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"), ""));
        call.start();
        call.pass(200);

        assertThat(call.failure().retryAfter()).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void serverInTrouble_isTriedAgain_andThenGivenUp(int status) {
        call.sockets().refuseAll(new SocketEnd.Refused(status, Map.of(), "<html>no JSON</html>"));
        call.start();
        call.pass(5_000);

        assertThat(call.failure().kind()).isEqualTo(status == 504 ? Kind.TIMEOUT : Kind.UNAVAILABLE);
        assertThat(call.sockets().addresses()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "insufficient_quota,UNAUTHORIZED",
        "invalid_api_key,UNAUTHORIZED",
        "account_deactivated,UNAUTHORIZED",
        "billing_hard_limit_reached,UNAUTHORIZED",
        "model_not_found,CONFIGURATION",
        "beta_api_shape_disabled,CONFIGURATION"
    })
    void errorsThatNothingHelpsAgainst_endTheSession(String code, Kind kind) {
        greet();
        call.service().sendError(code, "It is over.", "", Json.object());
        call.service().close(4000, "");
        call.pass(500);

        assertThat(call.failure().kind()).isEqualTo(kind);
        assertThat(call.failure().getMessage()).contains("It is over.");
        assertThat(call.sockets().sessions()).hasSize(1);
    }

    @Test
    void otherErrors_leaveTheSessionOpen() {
        greet();
        call.service().sendError("something_new", "Never mind.", "x.y", Json.object());
        call.service().sendText("{\"type\":\"error\",\"event_id\":\"e\",\"error\":null}");
        call.service().sendText("{\"type\":\"error\",\"error\":\"only words\"}");
        call.pass(200);

        askAndExpectAnAnswer();
    }

    @Test
    void refusedResponse_isAskedForAgain() {
        int[] refusals = {1};
        call.script().on("response.create", (service, event) -> {
            if (refusals[0]-- > 0) {
                service.sendError("server_error", "Try again.", "", event);
                return true;
            }
            return false;
        });
        call.start();
        call.pass(4_000);

        assertThat(call.heard()).isEqualTo("Hello caller");
    }

    @Test
    void responsesThatAreAlwaysRefused_endTheCall() {
        call.script().on("response.create", (service, event) -> {
            service.sendError("server_error", "Not today.", "", event);
            return true;
        });
        call.start();
        call.pass(4_000);

        assertThat(call.failure().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(call.failure().getMessage()).contains("Not today.");
    }

    @Test
    void responseThatIsInTheWay_isWaitedFor() {
        int[] refusals = {2};
        call.script().on("response.create", (service, event) -> {
            if (refusals[0]-- > 0) {
                service.sendError("conversation_already_has_active_response", "One moment.", "", event);
                return true;
            }
            return false;
        });
        call.start();
        call.pass(5_000);

        assertThat(call.heard()).isEqualTo("Hello caller");
        assertThat(call.events(S2sEvent.Failed.class)).isEmpty();
    }

    @Test
    void optionalSettingThatIsRefused_isLeftOut_alsoInLaterSessions() {
        call.with("OPENAI_REALTIME_REASONING_EFFORT", "low");
        call.script().on("session.update", (service, event) -> {
            for (String[] part : new String[][] {
                {"/session/reasoning", "session.reasoning"},
                {"/session/audio/input/transcription", "session.audio.input.transcription.model"}
            }) {
                if (event.at(part[0]).isObject()) {
                    service.sendError("invalid_value", "Unsupported.", part[1], event);
                    return true;
                }
            }
            return false;
        });
        greet();
        askAndExpectAnAnswer();
        call.service().cut();
        call.pass(1_000);

        assertThat(call.sent("session.update")).hasSize(4);
        assertThat(call.sockets().sessions().get(1).received("session.update")).hasSize(1);
    }

    @Test
    void settingThatIsRefusedAndNeeded_isABadConfiguration() {
        call.script().on("session.update", (service, event) -> {
            service.sendError("invalid_value", "Unknown voice.", "session.audio.output.voice", event);
            return true;
        });
        call.start();
        call.pass(500);

        assertThat(call.failure().kind()).isEqualTo(Kind.CONFIGURATION);
        assertThat(call.failure().getMessage()).contains("Unknown voice.");
    }
}
