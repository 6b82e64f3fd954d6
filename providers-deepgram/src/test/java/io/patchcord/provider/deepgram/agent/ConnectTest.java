package io.patchcord.provider.deepgram.agent;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.provider.socket.SocketEnd;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the handshake to SettingsApplied, and everything that may go wrong on the way. */
class ConnectTest extends AgentTest {

    @Test
    void handshake_carriesTheKey() {
        open();

        assertThat(service.line().request().uri()).hasToString("wss://agent.deepgram.com/v1/agent/converse");
        assertThat(service.line().request().headers()).containsExactly(Map.entry("Authorization", "Token secret-key"));
    }

    @Test
    void nothingIsSentBeforeWelcome_andOnlySettingsBeforeTheyAreApplied() {
        open();
        ScriptedService.Line line = service.line();
        session.say("One moment.");
        line.open();
        callerSends(true, Duration.ofSeconds(1));
        assertThat(line.texts()).isEmpty();

        line.says("{'type':'Welcome','request_id':'r-1'}");
        callerSends(true, Duration.ofSeconds(1));
        session.changeInstructions("Be long.");
        assertThat(line.texts()).hasSize(1);
        assertThat(line.audio()).isEmpty();
        assertThat(events).isEmpty();

        line.says("{'type':'SettingsApplied'}");
        assertThat(told()).containsExactly("Ready");
        assertThat(line.sent("UpdatePrompt")).hasSize(1);
        assertThat(line.sent("InjectAgentMessage")).hasSize(1);
    }

    @Test
    void whatTheCallerSaidBeforeTheGreeting_isNotSentLater() {
        open();
        callerSends(true, Duration.ofSeconds(1));
        ScriptedService.Line line = service.accept();
        assertThat(line.audio()).isEmpty();

        callerSends(true, Duration.ofMillis(100));
        assertThat(line.audio()).hasSize(5);
    }

    @Test
    void callersFrames_areOnTheirWayAtOnce_oneForOne_inTheLawOfTheWire() {
        ScriptedService.Line line = ready();
        session.sendAudio(frame(false));
        session.sendAudio(frame(true));

        assertThat(line.audio()).hasSize(2);
        assertThat(line.audio().get(0)).hasSize(160).containsOnly((byte) 0xFF);
        assertThat(line.audio().get(1)).hasSize(160).doesNotContain((byte) 0xFF);
    }

    @Test
    void settings_holdTheWholeConversation() {
        ready();
        JsonNode settings = service.line().settings();

        assertThat(settings.path("audio"))
                .hasToString("{\"input\":{\"encoding\":\"mulaw\",\"sample_rate\":8000},"
                        + "\"output\":{\"encoding\":\"mulaw\",\"sample_rate\":8000,\"container\":\"none\"}}");
        assertThat(settings.at("/flags/history").asBoolean(true)).isFalse();
        assertThat(settings.at("/agent/listen/provider"))
                .hasToString("{\"type\":\"deepgram\",\"model\":\"nova-3\",\"language\":\"en\"}");
        assertThat(settings.at("/agent/think/provider"))
                .hasToString("{\"type\":\"open_ai\",\"model\":\"gpt-4.1-mini\"}");
        assertThat(settings.at("/agent/think/prompt").asText()).isEqualTo("Be brief.");
        assertThat(settings.at("/agent/think/functions/0/name").asText()).isEqualTo("hang_up");
        assertThat(settings.at("/agent/think/endpoint").isMissingNode()).isTrue();
        assertThat(settings.at("/agent/speak/provider"))
                .hasToString("{\"type\":\"deepgram\",\"model\":\"aura-2-thalia-en\"}");
        assertThat(settings.at("/agent/greeting").asText()).isEqualTo("Hello.");
        assertThat(settings.at("/agent/context").isMissingNode()).isTrue();
    }

    @Test
    void withHistory_itIsTheContext_andThereIsNoGreeting() {
        ready(
                new ConversationItem.AgentSaid("Hello.", false),
                new ConversationItem.CallerSaid("What time is it?"),
                new ConversationItem.ToolCalled("c1", "clock", Map.of("zone", "CET")),
                new ConversationItem.ToolReturned("c1", "noon"),
                new ConversationItem.AgentSaid("Noon.", true));
        JsonNode agent = service.line().settings().path("agent");

        assertThat(agent.has("greeting")).isFalse();
        assertThat(agent.at("/context/messages"))
                .hasToString("[{\"type\":\"History\",\"role\":\"assistant\",\"content\":\"Hello.\"},"
                        + "{\"type\":\"History\",\"role\":\"user\",\"content\":\"What time is it?\"},"
                        + "{\"type\":\"History\",\"function_calls\":[{\"id\":\"c1\",\"name\":\"clock\","
                        + "\"client_side\":true,\"arguments\":\"{\\\"zone\\\":\\\"CET\\\"}\",\"response\":\"noon\"}]},"
                        + "{\"type\":\"History\",\"role\":\"assistant\",\"content\":\"Noon.\"}]");
        assertThat(service.line().sent("InjectUserMessage")).isEmpty();
    }

    @Test
    void historyThatAwaitsAnAnswer_isAnsweredAtOnce() {
        ScriptedService.Line line = ready(
                new ConversationItem.AgentSaid("Hello.", false),
                new ConversationItem.CallerSaid("What time is it?"),
                new ConversationItem.ToolCalled("c1", "clock", Map.of()),
                new ConversationItem.ToolReturned("c1", "noon"));

        assertThat(line.settings().at("/agent/context/messages")).hasSize(2);
        assertThat(line.sent("InjectUserMessage"))
                .singleElement()
                .satisfies(
                        message -> assertThat(message.path("content").asText()).isEqualTo("What time is it?"));

        line.callerSaid("What time is it?");
        line.agentSays("Noon.");
        assertThat(told()).containsExactly("Ready", "started deepgram-1", "text deepgram-1 Noon.");
    }

    @Test
    void serviceIsSlow_anotherConnectionIsTried_thenTheSessionFails() {
        open();
        service.line().open();
        loop.advance(Duration.ofSeconds(5));
        assertThat(service.line(0).end()).isEqualTo("abort");
        assertThat(service.connections()).isEqualTo(1);

        loop.advance(Duration.ofMillis(200));
        assertThat(service.connections()).isEqualTo(2);

        loop.advance(Duration.ofMinutes(1));
        assertThat(failure().error().kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(service.connections()).isEqualTo(2);
    }

    @Test
    void welcomeAndSettingsAppliedTwice_areTakenOnce() {
        ScriptedService.Line line = ready();
        line.says("{'type':'Welcome','request_id':'r-2'}");
        line.says("{'type':'SettingsApplied'}");

        assertThat(line.sent("Settings")).hasSize(1);
        assertThat(told()).containsExactly("Ready");
    }

    @Test
    void whatComesBeforeItsTime_isIgnored() {
        open();
        ScriptedService.Line line = service.line();
        line.open();
        line.says("{'type':'SettingsApplied'}");
        line.speaks(100);
        line.agentSays("Too early.");
        line.says("{'type':'UserStartedSpeaking'}");
        assertThat(events).isEmpty();
        assertThat(line.texts()).isEmpty();

        service.accept();
        assertThat(told()).containsExactly("Ready");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | REJECTED      | false",
                "401 | UNAUTHORIZED  | false",
                "402 | UNAUTHORIZED  | false",
                "403 | UNAUTHORIZED  | false",
                "404 | CONFIGURATION | false",
                "302 | CONFIGURATION | false",
                "408 | TIMEOUT       | true",
                "429 | RATE_LIMITED  | true",
                "500 | UNAVAILABLE   | true",
                "503 | UNAVAILABLE   | true",
                "504 | TIMEOUT       | true",
            })
    void refusedHandshake_isToldApart_andTriedAgainWhereThatMayHelp(int status, Kind kind, boolean retry) {
        open();
        SocketEnd refused = new SocketEnd.Refused(
                status,
                Map.of("dg-request-id", "r-9"),
                "{\"err_code\":\"X\",\"err_msg\":\"no luck with secret-key\",\"request_id\":\"r-9\"}");
        for (int i = 0; i < 100 && events.isEmpty(); i++) {
            if (service.line().end().isEmpty() && service.connections() == i + 1) {
                service.line().ends(refused);
            }
            loop.advance(Duration.ofSeconds(3));
        }

        assertThat(failure().error().kind()).isEqualTo(kind);
        assertThat(failure().error()).hasMessage("Deepgram answered " + status + ": no luck with (key) (request r-9)");
        assertThat(service.connections() > 1).isEqualTo(retry);
    }

    @Test
    void rateLimitThatLastsLonger_isToldAtOnce() {
        open();
        service.line().ends(new SocketEnd.Refused(429, Map.of("retry-after", "60"), ""));

        assertThat(failure().error().kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(failure().error().retryAfter()).contains(Duration.ofSeconds(60));
        assertThat(failure().error()).hasMessage("Deepgram answered 429: no reason given");
    }

    @Test
    void rateLimitUntilTomorrow_isToldAtOnce() {
        String tomorrow =
                RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusDays(1));
        open();
        service.line().ends(new SocketEnd.Refused(429, Map.of("retry-after", tomorrow), ""));

        assertThat(failure().error().kind()).isEqualTo(Kind.RATE_LIMITED);
    }

    @Test
    void rateLimitForAMoment_isWaitedFor() {
        open();
        service.line().ends(new SocketEnd.Refused(429, Map.of("retry-after", "2"), ""));
        loop.advance(Duration.ofMillis(1_990));
        assertThat(service.connections()).isEqualTo(1);
        loop.advance(Duration.ofMillis(20));
        assertThat(service.connections()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'Error','code':'INVALID_SETTINGS','description':'Check the agent.tags field'}",
                "{'type':'Error','code':'UNPARSABLE_CLIENT_MESSAGE','description':'Check the agent.tags field'}",
                "{'type':'Error','description':'Error parsing client message. Check the agent.tags field'}",
                "{'type':'Error','code':'SOMETHING_NEW','description':'Check the agent.tags field'}",
            })
    void settingsAreRefused_isNotTriedAgain(String error) {
        open();
        ScriptedService.Line line = service.line();
        line.open();
        line.says("{'type':'Welcome'}");
        line.says(error);
        loop.advance(Duration.ofMinutes(1));

        assertThat(failure().error().kind()).isEqualTo(Kind.CONFIGURATION);
        assertThat(failure().error()).hasMessageContaining("Check the agent.tags field");
        assertThat(service.connections()).isEqualTo(1);
        assertThat(line.end()).isEqualTo("close 1000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INTERNAL_SERVER_ERROR",
                "FAILED_TO_START_LISTENING",
                "ASR_CONNECTION_CLOSED",
                "ASR_DRIVER_TIMEOUT"
            })
    void serviceHasATroubleOfItsOwn_isTriedAgain(String code) {
        open();
        service.line().open();
        service.line().says("{'type':'Welcome'}");
        service.line().says("{'type':'Error','code':'" + code + "','description':'sorry'}");
        loop.advance(Duration.ofMillis(200));

        service.accept();
        assertThat(told()).containsExactly("Ready");
    }

    @Test
    void closedBeforeItIsReady_closesTheConnection() {
        open();
        session.close();
        loop.runPending();

        assertThat(service.line().end()).isEqualTo("close 1000");
        assertThat(events).containsExactly(new S2sEvent.Closed());
    }

    @Test
    void closedBetweenTwoTries_triesNoMore() {
        open();
        service.line().isLost();
        session.close();
        loop.advance(Duration.ofMinutes(1));

        assertThat(service.connections()).isEqualTo(1);
        assertThat(events).containsExactly(new S2sEvent.Closed());
    }
}
