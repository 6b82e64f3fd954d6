package io.patchcord.provider.deepgram.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.provider.socket.SocketEnd;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    void lostBeforeTheAnswer_theCallersWordsAreAskedAgain_andToldOnce() {
        ScriptedService.Line line = ready();
        greeted(line);
        line.says("{'type':'UserStartedSpeaking'}");
        line.callerSaid("What time is it?");
        line.isLost();
        loop.advance(Duration.ofMillis(200));
        ScriptedService.Line next = service.accept();

        assertThat(history(next)).containsExactly("assistant Hello.");
        assertThat(next.sent("InjectUserMessage"))
                .singleElement()
                .satisfies(
                        message -> assertThat(message.path("content").asText()).isEqualTo("What time is it?"));
        next.callerSaid("What time is it?");
        next.agentSays("Noon.");
        assertThat(told())
                .endsWith("TurnEnded", "caller What time is it?", "started deepgram-2", "text deepgram-2 Noon.");
        assertThat(told()).filteredOn("TurnEnded"::equals).hasSize(1);
    }

    @Test
    void lostBeforeTheAnswer_afterANoise_theCallersWordsAreAskedAgain_whenNoOthersCome() {
        ScriptedService.Line line = ready();
        greeted(line);
        line.says("{'type':'UserStartedSpeaking'}");
        line.callerSaid("What time is it?");
        line.says("{'type':'UserStartedSpeaking'}");
        line.isLost();
        loop.advance(Duration.ofMillis(200));
        ScriptedService.Line next = service.accept();
        callerSends(false, Duration.ofMillis(2_900));
        assertThat(next.sent("InjectUserMessage")).isEmpty();

        callerSends(false, Duration.ofMillis(200));

        assertThat(next.sent("InjectUserMessage"))
                .singleElement()
                .satisfies(
                        message -> assertThat(message.path("content").asText()).isEqualTo("What time is it?"));
        next.callerSaid("What time is it?");
        next.agentSays("Noon.");
        assertThat(told()).endsWith("SpeechStopped", "started deepgram-2", "text deepgram-2 Noon.");
        assertThat(told()).filteredOn("TurnEnded"::equals).hasSize(1);
    }

    @Test
    void lostBeforeTheAnswer_whileTheCallerSaysMore_onlyThatIsAnswered() {
        ScriptedService.Line line = ready();
        greeted(line);
        line.callerSaid("What time is it?");
        line.says("{'type':'UserStartedSpeaking'}");
        line.isLost();
        loop.advance(Duration.ofMillis(200));
        ScriptedService.Line next = service.accept();
        callerSends(true, Duration.ofSeconds(5));
        next.callerSaid("In Paris, I mean.");
        callerSends(false, Duration.ofSeconds(8));

        assertThat(next.sent("InjectUserMessage")).isEmpty();
        assertThat(history(next)).last().isEqualTo("user What time is it?");
    }

    @Test
    void lostWhileTheCallerSpeaks_theNewOneHearsTheWholeTurn_aQuarterFasterThanItWasSaid() {
        ScriptedService.Line line = ready();
        greeted(line);
        callerSends(false, Duration.ofSeconds(2));
        callerSends(true, Duration.ofMillis(400));
        line.says("{'type':'UserStartedSpeaking'}");
        callerSends(true, Duration.ofMillis(600));
        line.isLost();
        callerSends(true, Duration.ofMillis(500));
        ScriptedService.Line next = service.accept();
        assertThat(next.sent("InjectUserMessage")).isEmpty();
        assertThat(next.audio()).isEmpty();

        callerSends(false, Duration.ofSeconds(1));
        assertThat(next.audioBytes() / 8).isBetween(1_240, 1_260);
        // All that was said, with the second before it was noticed, has been heard when twice that has passed again.
        callerSends(false, Duration.ofSeconds(10));
        int loud = (int)
                next.audio().stream().filter(frame -> frame[0] != (byte) 0xFF).count();
        assertThat(loud * 20).isEqualTo(1_500);
        int before = next.audio().size();
        callerSends(false, Duration.ofSeconds(1));
        assertThat(next.audio()).hasSize(before + 50);
        assertThat(told()).filteredOn("SpeechStarted"::equals).hasSize(1);
    }

    @Test
    void lostWhileNobodySpeaks_noOldAudioIsSent() {
        ScriptedService.Line line = ready();
        greeted(line);
        callerSends(false, Duration.ofSeconds(2));
        line.isLost();
        callerSends(false, Duration.ofMillis(500));
        ScriptedService.Line next = service.accept();
        callerSends(false, Duration.ofMillis(500));

        assertThat(next.audio()).hasSize(25);
    }

    @Test
    void callerBeginsWhileThereIsNoConnection_isHeardFromTheFirstWord() {
        ScriptedService.Line line = ready();
        greeted(line);
        callerSends(false, Duration.ofSeconds(2));
        line.isLost();
        callerSends(true, Duration.ofMillis(300));
        ScriptedService.Line next = service.accept();
        callerSends(false, Duration.ofSeconds(8));

        assertThat(next.audio().stream()
                        .filter(frame -> frame[0] != (byte) 0xFF)
                        .count())
                .isEqualTo(15);
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

    @ParameterizedTest
    @ValueSource(
            strings = {"INTERNAL_SERVER_ERROR", "ASR_CONNECTION_CLOSED", "CLIENT_MESSAGE_TIMEOUT", "SOMETHING_NEW"})
    void errorInTheCall_isAnEndLikeOthers(String code) {
        ScriptedService.Line line = ready();
        greeted(line);
        line.says("{'type':'Error','code':'" + code + "','description':'sorry'}");
        assertThat(line.end()).isEqualTo("close 1000");
        loop.advance(Duration.ofMillis(200));

        assertThat(history(service.accept())).containsExactly("assistant Hello.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"USER_AUDIO_FORMAT", "UNPARSABLE_CLIENT_MESSAGE", "SETTINGS_ALREADY_APPLIED"})
    void errorOfOurs_failsAtOnce(String code) {
        ScriptedService.Line line = ready();
        line.says("{'type':'Error','code':'" + code + "','description':'no'}");
        loop.advance(Duration.ofMinutes(1));

        assertThat(failure().error().kind()).isEqualTo(Kind.REJECTED);
        assertThat(service.connections()).isEqualTo(1);
    }

    @Test
    void serviceIsDown_isTriedWithGrowingPauses_thenFails() {
        ScriptedService.Line line = ready();
        greeted(line);
        loop.advance(Duration.ofSeconds(6));
        line.isLost();
        long begin = loop.nanoTime();
        for (int i = 1; i < 1_000 && events.stream().noneMatch(S2sEvent.Failed.class::isInstance); i++) {
            loop.advance(Duration.ofMillis(10));
            if (service.line() != line && service.line().end().isEmpty()) {
                line = service.line();
                line.isLost();
            }
        }

        assertThat(failure().error().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(Duration.ofNanos(loop.nanoTime() - begin)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(9));
        assertThat(service.connections()).isBetween(6, 14);
    }

    /** It takes Settings and then hangs up, each time: that is no connection either. */
    @Test
    void connectionsThatLiveForAMoment_areNotTriedForEver() {
        ready();
        for (int i = 0; i < 1_000 && events.stream().noneMatch(S2sEvent.Failed.class::isInstance); i++) {
            if (service.connections() == i + 1) {
                if (i > 0) {
                    service.accept();
                }
                loop.advance(Duration.ofMillis(100));
                service.line().isLost();
            }
            loop.advance(Duration.ofSeconds(2));
        }

        assertThat(failure().error().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void withoutReconnecting_theFirstEndIsAFailure() {
        set("DEEPGRAM_AGENT_RECONNECT_FOR", "0s");
        ready().isLost();

        assertThat(told()).endsWith("failed UNAVAILABLE");
    }

    @Test
    void connectionLives_butNoAnswerComes_isReplacedOnce_thenFails() {
        ScriptedService.Line line = ready();
        greeted(line);
        line.callerSaid("What time is it?");
        loop.advance(Duration.ofSeconds(10));
        assertThat(line.end()).isEqualTo("abort");
        loop.advance(Duration.ofMillis(200));
        ScriptedService.Line next = service.accept();
        assertThat(next.sent("InjectUserMessage")).hasSize(1);

        loop.advance(Duration.ofSeconds(11));
        assertThat(next.end()).isEqualTo("abort");
        assertThat(failure().error().kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(service.connections()).isEqualTo(2);
    }

    @Test
    void greetingDoesNotCome_isNoticed() {
        ready();
        loop.advance(Duration.ofSeconds(16));

        assertThat(service.line(0).end()).isEqualTo("abort");
        assertThat(service.connections()).isEqualTo(2);
    }

    @Test
    void answerBreaksOff_whileTheConnectionLives_isNoticed_butNotWhileItIsBeingHeard() {
        ScriptedService.Line line = ready();
        line.agentSays("This is a long greeting.");
        line.speaks(15_000);
        loop.advance(Duration.ofSeconds(24));
        assertThat(line.end()).isEmpty();

        loop.advance(Duration.ofSeconds(2));
        assertThat(line.end()).isEqualTo("abort");
    }

    @Test
    void silenceAfterAnAnswer_isNoTrouble() {
        ScriptedService.Line line = ready();
        greeted(line);
        loop.advance(Duration.ofMinutes(10));
        line.agentSays("Are you there?");
        line.speaks(500);
        line.says("{'type':'UserStartedSpeaking'}");
        loop.advance(Duration.ofMinutes(10));

        assertThat(line.end()).isEmpty();
    }

    @Test
    void callerWhoSpeaksOn_isLetFinish() {
        ScriptedService.Line line = ready();
        greeted(line);
        line.callerSaid("Well,");
        line.says("{'type':'UserStartedSpeaking'}");
        callerSends(true, Duration.ofSeconds(25));

        assertThat(line.end()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lineIsNoisy_serviceThatHasGoneSilentIsNoticedAllTheSame(boolean loud) {
        ScriptedService.Line line = ready();
        greeted(line);
        line.callerSaid("What time is it?");
        long asked = loop.nanoTime();
        for (int i = 0; i < 10 && line.end().isEmpty(); i++) {
            line.says("{'type':'UserStartedSpeaking'}");
            callerSends(loud, Duration.ofSeconds(4));
            line.callerSaid("");
        }

        assertThat(line.end()).isEqualTo("abort");
        assertThat(loop.nanoTime() - asked)
                .isLessThanOrEqualTo(Duration.ofSeconds(32).toNanos());
        loop.advance(Duration.ofSeconds(1));
        assertThat(service.connections()).isEqualTo(2);
    }

    @Test
    void modelThatThinksForLong_isWaitedForAsLongAsItSaysSo() {
        ScriptedService.Line line = ready();
        greeted(line);
        line.callerSaid("Hm?");
        for (int i = 0; i < 5; i++) {
            loop.advance(Duration.ofSeconds(8));
            line.says("{'type':'AgentThinking','content':'...'}");
        }

        assertThat(line.end()).isEmpty();
    }

    private ScriptedService.Line openWith(String greeting) {
        open(greeting);
        return service.accept();
    }

    private static void greeted(ScriptedService.Line line) {
        line.agentSays("Hello.");
        line.speaks(500);
        line.says("{'type':'AgentAudioDone'}");
    }

    private static List<String> history(ScriptedService.Line line) {
        JsonNode messages = line.settings().at("/agent/context/messages");
        return Stream.iterate(0, i -> i < messages.size(), i -> i + 1)
                .map(messages::get)
                .map(message -> message.path("role").asText() + " "
                        + message.path("content").asText())
                .toList();
    }
}
