package io.patchcord.provider.deepgram.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.S2sEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said word for word, and what is changed in the call. */
class SpeakingTest extends AgentTest {

    @Test
    void sentences_areQueued_andAreResponsesOfTheirOwn() {
        ScriptedService.Line line = inConversation();
        session.say("One moment, please.");
        session.say("I put you through.");
        line.agentSays("One moment, please.");
        line.speaks(500);
        line.says("{'type':'AgentAudioDone'}");
        line.agentSays("I put you through.");
        line.speaks(400);
        line.says("{'type':'AgentAudioDone'}");

        assertThat(injected(line)).containsExactly("One moment, please. queue", "I put you through. queue");
        assertThat(told())
                .containsExactly(
                        "Ready",
                        "started deepgram-1",
                        "text deepgram-1 One moment, please.",
                        "audio deepgram-1 500",
                        "done deepgram-1",
                        "started deepgram-2",
                        "text deepgram-2 I put you through.",
                        "audio deepgram-2 400",
                        "done deepgram-2");
    }

    @Test
    void sentencesThatFollowEachOtherWithoutADone_areStillToldApart() {
        ScriptedService.Line line = inConversation();
        line.agentSays("It is noon.");
        line.speaks(100);
        session.say("One moment, please. I look.");
        line.agentSays("One moment, please.");
        line.speaks(200);
        line.agentSays("I look.");
        line.speaks(300);
        line.says("{'type':'AgentAudioDone'}");

        assertThat(told())
                .containsExactly(
                        "Ready",
                        "started deepgram-1",
                        "text deepgram-1 It is noon.",
                        "audio deepgram-1 100",
                        "done deepgram-1",
                        "started deepgram-2",
                        "text deepgram-2 One moment, please.",
                        "audio deepgram-2 200",
                        "text deepgram-2  I look.",
                        "audio deepgram-2 300",
                        "done deepgram-2");
    }

    @Test
    void sentenceAfterAnInterruptionOfOurs_stopsTheServicesReply() {
        ScriptedService.Line line = inConversation();
        line.agentSays("We are open from nine to five.");
        line.speaks(100);
        session.interrupt("deepgram-1", Duration.ofMillis(60));
        session.say("One moment, please.");
        line.speaks(100);
        line.agentSays("One moment, please.");
        line.says("{'type':'AgentAudioDone'}");
        line.speaks(200);

        assertThat(injected(line)).containsExactly("One moment, please. interrupt");
        assertThat(told())
                .endsWith(
                        "audio deepgram-1 100",
                        "started deepgram-2",
                        "text deepgram-2 One moment, please.",
                        "audio deepgram-2 200");
    }

    @Test
    void refusedSentence_isTriedAgain_aFewTimes() {
        ScriptedService.Line line = inConversation();
        session.say("One moment.");
        for (int i = 0; i < 10; i++) {
            line.says("{'type':'InjectionRefused','message':'busy'}");
            loop.advance(Duration.ofSeconds(1));
        }

        assertThat(line.sent("InjectAgentMessage")).hasSize(4);
    }

    @Test
    void twoSentencesThatAreRefused_areTriedAgain_inTheirOrder() {
        ScriptedService.Line line = inConversation();
        session.say("One moment.");
        session.say("I look it up.");
        line.says("{'type':'InjectionRefused','message':'busy'}");
        line.says("{'type':'InjectionRefused','message':'busy'}");
        loop.advance(Duration.ofSeconds(1));

        assertThat(injected(line))
                .containsExactly(
                        "One moment. queue", "I look it up. queue", "One moment. queue", "I look it up. queue");
    }

    @Test
    void refusedSentence_thatIsSaidAllTheSame_isNotTriedAgain() {
        ScriptedService.Line line = inConversation();
        session.say("One moment.");
        session.say("I look it up.");
        line.says("{'type':'InjectionRefused','message':'busy'}");
        line.agentSays("One");
        loop.advance(Duration.ofSeconds(1));

        assertThat(injected(line)).containsExactly("One moment. queue", "I look it up. queue");
    }

    @Test
    void refusedSentence_isSaidInTheEnd() {
        ScriptedService.Line line = inConversation();
        session.say("One moment.");
        line.says("{'type':'InjectionRefused','message':'busy'}");
        loop.advance(Duration.ofSeconds(1));
        line.agentSays("One moment.");
        line.says("{'type':'InjectionRefused','message':'of what?'}");
        loop.advance(Duration.ofSeconds(1));

        assertThat(line.sent("InjectAgentMessage")).hasSize(2);
        assertThat(told()).endsWith("text deepgram-1 One moment.");
    }

    @Test
    void nothingToSay_isNotSaid() {
        ScriptedService.Line line = inConversation();
        session.say(" ");

        assertThat(line.sent("InjectAgentMessage")).isEmpty();
    }

    @Test
    void instructionsAndVoice_areChangedInTheCall_andStayChanged() {
        ScriptedService.Line line = inConversation();
        session.changeInstructions("Be long.");
        session.changeVoice("aura-2-apollo-en");

        assertThat(line.sent("UpdatePrompt"))
                .singleElement()
                .hasToString("{\"type\":\"UpdatePrompt\",\"prompt\":\"Be long.\"}");
        assertThat(line.sent("UpdateSpeak").get(0).path("speak"))
                .hasToString("[{\"provider\":{\"type\":\"deepgram\",\"model\":\"aura-2-apollo-en\"}},"
                        + "{\"provider\":{\"type\":\"deepgram\",\"model\":\"aura-2-thalia-en\"}}]");

        line.isLost();
        loop.advance(Duration.ofSeconds(1));
        ScriptedService.Line next = service.accept();
        assertThat(next.settings().at("/agent/think/prompt").asText()).isEqualTo("Be long.");
        assertThat(next.settings().at("/agent/speak/0/provider/model").asText()).isEqualTo("aura-2-apollo-en");
        assertThat(next.sent("UpdatePrompt")).isEmpty();
    }

    @Test
    void keepAlive_whenNoAudioFlows_andOnlyThen() {
        ScriptedService.Line line = ready();
        line.agentSays("Hello.");
        line.says("{'type':'AgentAudioDone'}");
        loop.advance(Duration.ofSeconds(25));
        assertThat(line.sent("KeepAlive")).hasSize(3);

        callerSends(false, Duration.ofSeconds(30));
        assertThat(line.sent("KeepAlive")).hasSize(3);

        session.close();
        loop.advance(Duration.ofMinutes(1));
        assertThat(line.sent("KeepAlive")).hasSize(3);
    }

    /** The service finds the end of a turn in the silence after it, which a muted telephone does not send. */
    @Test
    void callersAudioStops_silenceIsSentForAWhile_thenKeepAlive() {
        ScriptedService.Line line = inConversation();
        callerSends(true, Duration.ofMillis(500));
        int spoken = line.audioBytes();
        loop.advance(Duration.ofSeconds(5));
        assertThat(line.audioBytes() - spoken).isBetween(4_800 * 8, 5_200 * 8);
        assertThat(line.audio().get(line.audio().size() - 1)).containsOnly((byte) 0xFF);

        loop.advance(Duration.ofSeconds(20));
        assertThat(line.audioBytes() - spoken).isLessThan(9_000 * 8);
        assertThat(line.sent("KeepAlive")).hasSizeBetween(1, 2);
    }

    @Test
    void closed_isTheLastEvent_andEndsTheConnectionInOrder() {
        ScriptedService.Line line = inConversation();
        session.close();
        session.close();
        session.say("Nobody hears this.");
        session.sendAudio(frame(true));
        session.changeVoice("any");
        loop.runPending();

        assertThat(events).endsWith(new S2sEvent.Closed()).hasSize(2);
        assertThat(line.end()).isEqualTo("close 1000");
        assertThat(line.texts()).hasSize(1);
        assertThat(line.audio()).isEmpty();
    }

    private static List<String> injected(ScriptedService.Line line) {
        return line.sent("InjectAgentMessage").stream()
                .map(message -> message.path("message").asText() + " "
                        + message.path("behavior").asText())
                .toList();
    }
}
