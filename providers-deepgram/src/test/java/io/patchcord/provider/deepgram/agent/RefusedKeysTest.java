package io.patchcord.provider.deepgram.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The service refuses what it was told while somebody spoke: keys are told again, and nothing is said twice. */
class RefusedKeysTest extends AgentTest {

    private static final String ONE = "(The caller pressed 1 # on the keypad.)";
    private static final String TWO = "(The caller pressed 2 # on the keypad.)";
    private static final String REFUSED =
            "{'type':'InjectionRefused','message':'Cannot inject message while agent is currently speaking'}";

    @Test
    void keysRefusedWhileTheAgentSpeaks_areAskedAgain_whenItHasFinished() {
        ScriptedService.Line line = inConversation();
        line.agentSays("We have three kinds of them.");
        line.speaks(1_000);
        press("1#");
        line.says(REFUSED);
        line.agentSays("The first one is green.");
        line.speaks(1_000);
        loop.advance(Duration.ofSeconds(3));
        assertThat(asked(line)).containsExactly(ONE);

        line.says("{'type':'AgentAudioDone'}");
        loop.advance(Duration.ofMillis(500));
        assertThat(asked(line)).containsExactly(ONE, ONE);
        line.callerSaid(ONE);
        line.agentSays("Number one.");
        assertThat(told()).filteredOn("TurnEnded"::equals).hasSize(1);
        assertThat(told()).endsWith("started deepgram-3", "text deepgram-3 Number one.");
    }

    @Test
    void keysRefusedWhileTheCallerSpeaks_areAskedAgain_whenHeIsSilent() {
        ScriptedService.Line line = inConversation();
        callerSends(true, Duration.ofSeconds(1));
        press("1#");
        line.says(REFUSED);
        callerSends(true, Duration.ofSeconds(4));
        assertThat(asked(line)).containsExactly(ONE);

        callerSends(false, Duration.ofSeconds(3));
        assertThat(asked(line)).containsExactly(ONE, ONE);
    }

    @Test
    void keysRefusedOnANoisyLine_areAskedAgain_allTheSame() {
        ScriptedService.Line line = inConversation();
        callerSends(true, Duration.ofSeconds(1));
        line.says("{'type':'UserStartedSpeaking'}");
        press("1#");
        line.says(REFUSED);
        callerSends(true, Duration.ofSeconds(11));

        assertThat(asked(line)).containsExactly(ONE, ONE);
    }

    @Test
    void severalThatAreRefused_areAskedAgain_inTheirOrder() {
        ScriptedService.Line line = inConversation();
        press("1#2#");
        line.says(REFUSED);
        line.says(REFUSED);
        loop.advance(Duration.ofMillis(500));

        assertThat(asked(line)).containsExactly(ONE, TWO, ONE, TWO);
    }

    @Test
    void oneOfTwoIsRefused_onlyThatIsAskedAgain() {
        ScriptedService.Line line = inConversation();
        press("1#2#");
        line.callerSaid(ONE);
        line.says(REFUSED);
        loop.advance(Duration.ofMillis(500));

        assertThat(asked(line)).containsExactly(ONE, TWO, TWO);
    }

    @Test
    void refusedKeys_haveNoSentenceSaidTwice() {
        ScriptedService.Line line = inConversation();
        session.say("One moment.");
        press("1#");
        line.says(REFUSED);
        loop.advance(Duration.ofSeconds(2));

        assertThat(line.sent("InjectAgentMessage")).hasSize(1);
        assertThat(asked(line)).containsExactly(ONE, ONE);
    }

    @Test
    void refusedSentence_isSaidAgain_andKeysThatWereTakenAreNotAsked() {
        ScriptedService.Line line = inConversation();
        press("1#");
        line.callerSaid(ONE);
        press("2#");
        loop.advance(Duration.ofSeconds(4));
        session.say("One moment.");
        line.says(REFUSED);
        loop.advance(Duration.ofMillis(500));

        assertThat(line.sent("InjectAgentMessage")).hasSize(2);
        assertThat(asked(line)).containsExactly(ONE, TWO);
    }

    @Test
    void keysThatAreRefusedAgainAndAgain_areAskedOfANewConnection() {
        ScriptedService.Line line = inConversation();
        press("1#");
        for (int i = 0; i < 30 && line.end().isEmpty(); i++) {
            line.says(REFUSED);
            loop.advance(Duration.ofMillis(500));
        }
        assertThat(line.end()).isEqualTo("abort");
        assertThat(asked(line)).hasSizeGreaterThan(10).containsOnly(ONE);
        loop.advance(Duration.ofMillis(200));
        ScriptedService.Line next = service.accept();
        loop.advance(Duration.ofSeconds(2));

        assertThat(asked(next)).containsExactly(ONE);
    }

    @Test
    void connectionIsLostAfterTheRefusal_theNextOneIsAskedOnce() {
        ScriptedService.Line line = inConversation();
        press("1#");
        line.says(REFUSED);
        line.isLost();
        loop.advance(Duration.ofMillis(200));
        ScriptedService.Line next = service.accept();
        loop.advance(Duration.ofSeconds(2));

        assertThat(asked(next)).containsExactly(ONE);
    }

    private void press(String keys) {
        keys.chars().forEach(key -> session.sendDtmf((char) key));
    }

    private static List<String> asked(ScriptedService.Line line) {
        return line.sent("InjectUserMessage").stream()
                .map(message -> message.path("content").asText())
                .toList();
    }
}
