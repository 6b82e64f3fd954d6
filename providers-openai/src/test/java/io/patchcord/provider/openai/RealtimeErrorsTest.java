package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.provider.openai.testing.FakeAnswer;
import io.patchcord.provider.openai.testing.FakeRealtimeSession;
import io.patchcord.provider.socket.SocketEnd;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service in trouble, or one that is not quite compatible, sends: the call goes on, or ends as it should. */
class RealtimeErrorsTest {

    private final RealtimeCall call = new RealtimeCall();

    @AfterEach
    void nothingIsLeft() {
        call.end();
    }

    private void greet() {
        call.start();
        call.pass(1_500);
    }

    private void askAndExpectAnAnswer() {
        call.speak("hours please");
        call.pass(4_000);
        assertThat(call.heard()).endsWith("You said hours please");
        assertThat(call.events(S2sEvent.Failed.class)).isEmpty();
    }

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
    void failedResponse_isMadeAgain() {
        greet();
        call.script().thinksFor(Duration.ofSeconds(2));
        call.speak("hours please");
        call.pass(800);
        call.service().failResponse("server_error", "server_error", "Oops.");
        call.script().thinksFor(Duration.ofMillis(100));
        call.pass(4_000);

        assertThat(call.heard()).endsWith("You said hours please");
        assertThat(call.service().responses()).isEqualTo(3);
    }

    @Test
    void rateLimitThatStays_isToldAsSuch() {
        greet();
        call.script().thinksFor(Duration.ofSeconds(2));
        call.speak("hours please");
        for (int i = 0; i < 2; i++) {
            call.pass(1_300);
            call.service().failResponse("tokens", "rate_limit_exceeded", "Rate limit reached. Try again in 8.2s.");
        }
        call.pass(1_000);

        assertThat(call.failure().kind()).isEqualTo(Kind.RATE_LIMITED);
    }

    @Test
    void responseThatFailsHalfWay_isGoneOnWith() {
        call.script().answers(heard -> FakeAnswer.says("one two three four five six"));
        call.script().sendsPieces(Duration.ofMillis(200), Duration.ofMillis(150));
        greet();
        call.speak("count");
        call.pass(1_200);
        call.script().answers(heard -> FakeAnswer.says("and the rest"));
        call.service().failResponse("server_error", "server_error", "Oops.");
        call.pass(5_000);

        assertThat(call.heard()).contains("one two").endsWith("and the rest");
        assertThat(call.service().conversation()).anyMatch(line -> line.startsWith("system: Your last message"));
    }

    @Test
    void incompleteResponse_isHeardAsFarAsItGoes() {
        call.script().answers(heard -> FakeAnswer.says("one two three four five six"));
        call.script().sendsPieces(Duration.ofMillis(200), Duration.ofMillis(150));
        greet();
        call.speak("count");
        call.pass(1_200);
        call.service().breakOffResponse("incomplete", "max_output_tokens");
        call.pass(3_000);

        assertThat(call.heard()).startsWith("Hello caller one two").doesNotContain("six");
        assertThat(call.events(S2sEvent.Failed.class)).isEmpty();
    }

    @Test
    void responseOfWhichNothingComes_isAskedOfAnotherSession_once() {
        call.with("OPENAI_REALTIME_RESPONSE_TIMEOUT", "3s");
        greet();
        FakeRealtimeSession first = call.service();
        call.script().thinksFor(Duration.ofMinutes(5));
        call.speak("hours please");
        call.pass(3_000);
        call.script().thinksFor(Duration.ofMillis(100));
        call.pass(3_000);

        assertThat(first.isOver()).isTrue();
        assertThat(call.heard()).endsWith("You said hours please");
    }

    @Test
    void sessionsThatAnswerNothing_endTheCall() {
        call.with("OPENAI_REALTIME_RESPONSE_TIMEOUT", "3s");
        greet();
        call.script().thinksFor(Duration.ofMinutes(5));
        call.speak("hours please");
        call.pass(10_000);

        assertThat(call.failure().kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(call.sockets().sessions()).hasSize(2);
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON at all",
                "",
                "[1,2,3]",
                "\"text\"",
                "null",
                "{}",
                "{\"type\":null}",
                "{\"type\":{\"a\":1}}",
                "{\"type\":\"response.brand_new\",\"response_id\":\"x\",\"data\":[1]}",
                "{\"type\":\"conversation.item.brand_new\"}",
                "{\"type\":\"rate_limits.updated\",\"rate_limits\":null}",
                "{\"type\":\"rate_limits.updated\",\"rate_limits\":[{\"name\":null,\"limit\":\"x\"}]}",
                "{\"type\":\"session.updated\",\"session\":null}",
                "{\"type\":\"session.created\"}",
                "{\"type\":\"input_audio_buffer.dtmf_event_received\",\"event\":\"9\",\"received_at\":1}",
                "{\"type\":\"input_audio_buffer.timeout_triggered\",\"audio_start_ms\":1,\"audio_end_ms\":2,\"item_id\":\"i\"}",
                "{\"type\":\"output_audio_buffer.started\",\"response_id\":\"r\"}",
                "{\"type\":\"conversation.item.input_audio_transcription.completed\",\"item_id\":\"unknown\",\"transcript\":\"\"}",
                "{\"type\":\"conversation.item.input_audio_transcription.failed\",\"item_id\":\"unknown\",\"error\":null}",
                "{\"type\":\"response.mcp_call.in_progress\",\"output_index\":0,\"item_id\":\"m\"}"
            })
    void messagesThatAreNoneOrUnknown_disturbNothing(String message) {
        greet();
        call.service().sendText(message);
        call.pass(100);

        askAndExpectAnAnswer();
    }

    @Test
    void binaryMessage_disturbsNothing() {
        greet();
        call.sockets().connection().sendsBinary(new byte[] {1, 2, 3});

        askAndExpectAnAnswer();
    }

    @Test
    void unknownFieldsInEveryMessage_disturbNothing() {
        call.script().on("session.update", (service, event) -> {
            service.sendText(
                    "{\"type\":\"session.updated\",\"session\":{\"type\":\"realtime\",\"new\":{\"a\":[]}},\"x\":1}");
            return true;
        });
        call.start();
        call.pass(500);

        assertThat(call.events()).startsWith(new S2sEvent.Ready());
    }

    @Test
    void messagesThatComeTwice_areHeardOnce() {
        greet();
        call.script().answers(heard -> FakeAnswer.says("none"));
        call.script().thinksFor(Duration.ofSeconds(30));
        call.speak("hours please");
        call.pass(800);
        FakeRealtimeSession service = call.service();
        String response = call.events(S2sEvent.ResponseStarted.class).get(1).responseId();
        byte[] audio = Arrays.copyOf(
                new AudioConverter(AudioFormat.ULAW_8K)
                        .convert(call.script().tones().speak(8_000, "twice"))
                        .data(),
                1_600);
        ObjectNode delta = audioDelta(service, response, audio);
        ObjectNode done = service.event("response.done");
        done.putObject("response").put("id", response).put("status", "completed");
        for (ObjectNode message : new ObjectNode[] {delta, delta, done, done, delta}) {
            service.send(message);
        }
        call.pass(2_000);

        assertThat(call.heard()).isEqualTo("Hello caller twice");
        assertThat(call.events(S2sEvent.ResponseDone.class)).hasSize(2);
    }

    private static ObjectNode audioDelta(FakeRealtimeSession service, String response, byte[] audio) {
        return service.event("response.output_audio.delta")
                .put("response_id", response)
                .put("item_id", "item_x")
                .put("output_index", 0)
                .put("content_index", 0)
                .put("delta", Base64.getEncoder().encodeToString(audio));
    }

    @Test
    void audioInTinyPieces_isWhole() {
        call.script().sendsPieces(Duration.ofNanos(125_000), Duration.ZERO);
        call.script().answers(heard -> FakeAnswer.says("tiny"));
        call.start();
        call.pass(1_500);
        call.speak("hours please");
        call.pass(3_000);

        assertThat(call.heard()).isEqualTo("Hello caller tiny");
        assertThat(call.events(S2sEvent.ResponseAudio.class).get(0).audio().data())
                .hasSize(1);
    }

    @Test
    void linearAudioCutInTheMiddleOfASample_isWhole() {
        call.with("OPENAI_REALTIME_AUDIO", "pcm");
        call.script().on("response.create", (service, event) -> {
            byte[] audio = call.script().tones().speak(24_000, "odd pieces").data();
            service.sendText("{\"type\":\"response.created\",\"response\":{\"id\":\"r1\"}}");
            for (int from = 0; from < audio.length; from += 1_001) {
                service.send(audioDelta(
                        service, "r1", Arrays.copyOfRange(audio, from, Math.min(audio.length, from + 1_001))));
            }
            service.sendText("{\"type\":\"response.done\",\"response\":{\"id\":\"r1\",\"status\":\"completed\"}}");
            return true;
        });
        call.start();
        call.pass(2_000);

        assertThat(call.heard()).isEqualTo("odd pieces");
    }

    @Test
    void tenMegabytesInOneMessage_arePlayed() {
        call.mayBeTold("item_not_found");
        greet();
        call.script().thinksFor(Duration.ofMinutes(1));
        call.speak("hours please");
        call.pass(800);
        String response = call.events(S2sEvent.ResponseStarted.class).get(1).responseId();
        byte[] tenMegabytes = new byte[7_800_000];
        Arrays.fill(tenMegabytes, (byte) 0x10);
        call.service().send(audioDelta(call.service(), response, tenMegabytes));
        call.pass(500);

        assertThat(call.events(S2sEvent.ResponseAudio.class))
                .anyMatch(audio -> audio.audio().data().length == 7_800_000);
        call.speak("stop please now");
        call.pass(1_000);
        assertThat(call.sent("conversation.item.truncate")).hasSize(1);
    }

    @Test
    void audioThatIsNoBase64_isLeftOut() {
        greet();
        call.script().thinksFor(Duration.ofSeconds(2));
        call.speak("hours please");
        call.pass(800);
        String response = call.events(S2sEvent.ResponseStarted.class).get(1).responseId();
        call.service().send(audioDelta(call.service(), response, new byte[0]).put("delta", "!!! no base 64 !!!"));
        call.pass(4_000);

        assertThat(call.heard()).endsWith("You said hours please");
    }

    @Test
    void serverThatTellsOnlyAudioAndTheEnd_isUnderstood() {
        call.script().on("response.create", (service, event) -> {
            byte[] audio = new AudioConverter(AudioFormat.ULAW_8K)
                    .convert(call.script().tones().speak(8_000, "terse"))
                    .data();
            service.send(audioDelta(service, "r1", audio));
            service.sendText("{\"type\":\"response.done\",\"response\":{\"id\":\"r1\"}}");
            return true;
        });
        call.start();
        call.pass(1_500);

        assertThat(call.heard()).isEqualTo("terse");
    }

    @Test
    void betaNames_ofCompatibleServers_areUnderstood() {
        call.script().on("response.create", (service, event) -> {
            String audio = Base64.getEncoder()
                    .encodeToString(new AudioConverter(AudioFormat.ULAW_8K)
                            .convert(call.script().tones().speak(8_000, "beta"))
                            .data());
            service.sendText("{\"type\":\"response.created\",\"response\":{\"id\":\"r1\"}}");
            service.sendText("{\"type\":\"conversation.item.created\",\"item\":{\"id\":\"i1\"}}");
            service.sendText("{\"type\":\"response.audio_transcript.delta\",\"response_id\":\"r1\",\"item_id\":\"i1\","
                    + "\"delta\":\"beta\"}");
            service.sendText("{\"type\":\"response.audio.delta\",\"response_id\":\"r1\",\"item_id\":\"i1\",\"delta\":\""
                    + audio + "\"}");
            service.sendText("{\"type\":\"response.audio.done\",\"response_id\":\"r1\",\"item_id\":\"i1\"}");
            service.sendText("{\"type\":\"response.done\",\"response\":{\"id\":\"r1\",\"status\":\"completed\"}}");
            return true;
        });
        call.start();
        call.pass(1_500);

        assertThat(call.heard()).isEqualTo("beta");
        assertThat(call.events(S2sEvent.ResponseText.class)).containsExactly(new S2sEvent.ResponseText("r1", "beta"));
    }

    @Test
    void responseDoneWithoutItsBeginning_isAFailureToo() {
        greet();
        call.script().answers(heard -> FakeAnswer.says("better now"));
        call.speak("hours please");
        call.pass(300);
        call.service()
                .sendText(
                        "{\"type\":\"response.done\",\"event_id\":\"x\",\"response\":{\"id\":\"never\",\"status\":\"failed\","
                                + "\"status_details\":{\"type\":\"failed\",\"error\":{\"type\":\"server_error\",\"code\":null}},"
                                + "\"output\":[],\"usage\":null}}");
        call.pass(4_000);

        assertThat(call.heard()).endsWith("better now");
        assertThat(call.events(S2sEvent.Failed.class)).isEmpty();
    }

    @Test
    void everyKindOfEvent_isTaken_alsoWithNothingInIt() throws ReflectiveOperationException {
        greet();
        Lifeline.Owner session = (Lifeline.Owner) call.session();
        for (Class<?> type : ServerEvent.class.getPermittedSubclasses()) {
            boolean ofTheLink = type == ServerEvent.SessionCreated.class
                    || type == ServerEvent.SessionUpdated.class
                    || type == ServerEvent.Other.class;
            if (type.isRecord() && ServerEvent.class.isAssignableFrom(type) && !ofTheLink) {
                session.hear(empty(type));
            }
        }
        call.pass(2_000);

        assertThat(call.events(S2sEvent.Failed.class)).isEmpty();
    }

    private static ServerEvent empty(Class<?> type) throws ReflectiveOperationException {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        Object[] values =
                Arrays.stream(types).map(RealtimeErrorsTest::emptyValue).toArray();
        return (ServerEvent) type.getDeclaredConstructor(types).newInstance(values);
    }

    private static Object emptyValue(Class<?> type) {
        if (type == long.class) {
            return 0L;
        }
        if (type == String.class) {
            return "";
        }
        if (type == List.class) {
            return List.of();
        }
        return type == ServerError.class
                ? ServerError.NONE
                : type == ServerEvent.Usage.class
                        ? ServerEvent.Usage.NONE
                        : new ServerEvent.OutputItem("", "", "", "", "", "");
    }
}
