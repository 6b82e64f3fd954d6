package io.patchcord.provider.deepgram.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.provider.socket.SocketEnd;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A connection is lost in the call: the next one goes on where the conversation stood. */
class ReconnectTest extends AgentTest {

    static Stream<SocketEnd> ends() {
        return Stream.of(
                new SocketEnd.ClosedByPeer(1000, ""),
                new SocketEnd.ClosedByPeer(1001, "going away"),
                new SocketEnd.ClosedByPeer(1005, ""),
                new SocketEnd.ClosedByPeer(1008, "DATA-0000"),
                new SocketEnd.ClosedByPeer(1011, "NET-0000"),
                new SocketEnd.ClosedByPeer(4000, "?"),
                new SocketEnd.Lost("reset by peer"),
                new SocketEnd.TimedOut(Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void connectionEnds_theNextOneKnowsTheConversation(SocketEnd end) {
        ScriptedService.Line line = ready();
        greeted(line);
        line.callerSaid("What time is it?");
        line.agentSays("Noon.");
        line.speaks(300);
        line.says("{'type':'AgentAudioDone'}");
        line.ends(end);
        int before = events.size();
        loop.advance(Duration.ofMillis(200));
        ScriptedService.Line next = service.accept();

        assertThat(events).hasSize(before);
        assertThat(history(next)).containsExactly("assistant Hello.", "user What time is it?", "assistant Noon.");
        assertThat(next.settings().at("/agent/greeting").isMissingNode()).isTrue();
        assertThat(next.texts()).hasSize(1);
    }

    @Test
    void lostInTheMiddleOfAnAnswer_theModelIsAskedToGoOn_fromWhatWasHeard() {
        ScriptedService.Line line = ready();
        greeted(line);
        line.callerSaid("When are you open?");
        line.agentSays("We are open from nine.");
        line.speaks(1_320);
        line.agentSays("On Sundays we are closed all day.");
        line.speaks(1_100);
        line.isLost();
        assertThat(told()).endsWith("audio deepgram-2 1100", "done deepgram-2");
        assertThat(events).endsWith(new S2sEvent.ResponseDone("deepgram-2", true));
        loop.advance(Duration.ofMillis(200));
        ScriptedService.Line next = service.accept();

        assertThat(history(next)).last().isEqualTo("assistant We are open from nine. On Sundays we are");
        assertThat(next.sent("InjectAgentMessage")).isEmpty();
        assertThat(next.sent("InjectUserMessage"))
                .singleElement()
                .satisfies(
                        message -> assertThat(message.path("content").asText()).isEqualTo(ConversationLog.GO_ON));
        next.callerSaid(ConversationLog.GO_ON);
        next.agentSays("closed all day.");
        next.speaks(700);
        assertThat(told()).endsWith("started deepgram-3", "text deepgram-3 closed all day.", "audio deepgram-3 700");
        assertThat(told()).noneMatch(told -> told.contains("cut off"));
    }

    @Test
    void lostInTheMiddleOfAGivenSentence_itsRestIsSaid() {
        ScriptedService.Line line = ready();
        greeted(line);
        session.say("I put you through to Miller and Sons.");
        line.agentSays("I put you through to Miller and Sons.");
        line.speaks(1_100);
        line.isLost();
        loop.advance(Duration.ofMillis(200));
        ScriptedService.Line next = service.accept();

        assertThat(history(next)).last().isEqualTo("assistant I put you through");
        assertThat(next.sent("InjectUserMessage")).isEmpty();
        assertThat(next.sent("InjectAgentMessage"))
                .singleElement()
                .satisfies(
                        message -> assertThat(message.path("message").asText()).isEqualTo("to Miller and Sons."));
    }

    @Test
    void lostInTheMiddleOfTheGreeting_itsRestIsSaid() {
        ScriptedService.Line line = openWith("Hello, this is Miller and Sons.");
        line.agentSays("Hello, this is Miller and Sons.");
        line.speaks(1_000);
        line.isLost();
        loop.advance(Duration.ofMillis(200));
        ScriptedService.Line next = service.accept();

        assertThat(next.settings().at("/agent/greeting").isMissingNode()).isTrue();
        assertThat(next.sent("InjectAgentMessage").get(0).path("message").asText())
                .isEqualTo("Miller and Sons.");
    }

    @Test
    void callerHadCutTheAnswerOff_itIsNotGoneOnWith() {
        ScriptedService.Line line = ready();
        greeted(line);
        line.agentSays("We are open from nine to five every day.");
        line.speaks(1_200);
        line.says("{'type':'UserStartedSpeaking'}");
        line.callerSaid("");
        line.isLost();
        loop.advance(Duration.ofMillis(200));

        assertThat(service.accept().texts()).hasSize(1);
    }

    @Test
    void interruptedBefore_theHistoryHoldsWhatWasHeard() {
        ScriptedService.Line line = ready();
        greeted(line);
        line.agentSays("We are open from nine to five every day.");
        line.speaks(2_400);
        line.says("{'type':'UserStartedSpeaking'}");
        session.interrupt("deepgram-2", Duration.ofMillis(1_200));
        line.callerSaid("Thanks.");
        line.agentSays("You are welcome.");
        line.speaks(1_000);
        line.says("{'type':'AgentAudioDone'}");
        line.isLost();
        loop.advance(Duration.ofMillis(200));

        assertThat(history(service.accept()))
                .containsExactly(
                        "assistant Hello.", "assistant We are open from", "user Thanks.", "assistant You are welcome.");
    }

    @Test
    void lostBeforeTheGreeting_theNewOneGreets() {
        ScriptedService.Line line = ready();
        line.isLost();
        loop.advance(Duration.ofMillis(200));

        assertThat(service.accept().settings().at("/agent/greeting").asText()).isEqualTo("Hello.");
        assertThat(told()).containsExactly("Ready");
    }

    @Test
    void lostWhileAToolRuns_itsResultIsWaitedFor_andToldWithTheQuestion() {
        ScriptedService.Line line = ready();
        greeted(line);
        line.callerSaid("What time is it?");
        line.says("{'type':'FunctionCallRequest','functions':[{'id':'c1','name':'clock','arguments':'{}',"
                + "'client_side':true}]}");
        line.isLost();
        loop.advance(Duration.ofMillis(200));
        ScriptedService.Line next = service.line();
        next.open();
        next.says("{'type':'Welcome'}");
        assertThat(next.texts()).isEmpty();

        session.toolResult("c1", "noon");
        next.says("{'type':'SettingsApplied'}");
        assertThat(next.settings()
                        .at("/agent/context/messages/1/function_calls/0/response")
                        .asText())
                .isEqualTo("noon");
        assertThat(next.sent("FunctionCallResponse")).isEmpty();
        assertThat(next.sent("InjectUserMessage")).hasSize(1);
    }

    @Test
    void toolThatTakesTooLong_isNotWaitedForForEver() {
        ScriptedService.Line line = ready();
        greeted(line);
        line.callerSaid("What time is it?");
        line.says("{'type':'FunctionCallRequest','functions':[{'id':'c1','name':'clock','arguments':'{}',"
                + "'client_side':true}]}");
        line.isLost();
        loop.advance(Duration.ofMillis(200));
        ScriptedService.Line next = service.line();
        next.open();
        next.says("{'type':'Welcome'}");
        loop.advance(Duration.ofSeconds(2));

        assertThat(next.settings()
                        .at("/agent/context/messages/1/function_calls/0/response")
                        .asText())
                .startsWith("No result");
        session.toolResult("c1", "noon");
        assertThat(next.sent("FunctionCallResponse")).isEmpty();
    }

    @Test
    void sentenceThatWasNotSaidYet_isSaidByTheNewOne() {
        ScriptedService.Line line = ready();
        greeted(line);
        session.say("One moment.");
        line.isLost();
        session.say("Two moments.");
        loop.advance(Duration.ofMillis(200));

        assertThat(service.accept().sent("InjectAgentMessage"))
                .extracting(message -> message.path("message").asText())
                .containsExactly("One moment.", "Two moments.");
    }

    private ScriptedService.Line openWith(String greeting) {
        open(greeting);
        return service.accept();
    }
}
