package io.patchcord.provider.deepgram.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Keys that the caller presses reach the model as a turn of his. */
class KeysTest extends AgentTest {

    private static final String PRESSED = "(The caller pressed 4 2 # on the keypad.)";

    @Test
    void keys_areATurnOfTheCallers_toldOnce_andAnswered() {
        ScriptedService.Line line = ready();
        press("42#");

        assertThat(asked(line)).isEqualTo(PRESSED);
        line.callerSaid(PRESSED);
        line.agentSays("Account forty-two.");
        assertThat(told())
                .endsWith(
                        "SpeechStarted",
                        "TurnEnded",
                        "caller " + PRESSED,
                        "started deepgram-1",
                        "text deepgram-1 Account forty-two.");
    }

    @Test
    void keysWhileTheAgentSpeaks_endWhatItSays() {
        ScriptedService.Line line = ready();
        line.agentSays("Please enter your number and the hash key.");
        line.speaks(3_000);
        press("42#");

        assertThat(told()).containsSubsequence("done deepgram-1", "TurnEnded", "caller " + PRESSED);
    }

    @Test
    void keysWhileThereIsNoConnection_areAskedOfTheNextOne() {
        ScriptedService.Line line = ready();
        line.agentSays("Your number?");
        line.speaks(500);
        line.says("{'type':'AgentAudioDone'}");
        line.isLost();
        press("42#");
        loop.advance(Duration.ofMillis(200));

        assertThat(asked(service.accept())).isEqualTo(PRESSED);
    }

    @Test
    void keysWhileAConnectionIsBeingSetUp_areAskedOfIt_once() {
        ScriptedService.Line line = ready();
        line.agentSays("Your number?");
        line.speaks(500);
        line.says("{'type':'AgentAudioDone'}");
        line.isLost();
        loop.advance(Duration.ofMillis(200));
        ScriptedService.Line next = service.line();
        next.open();
        next.says("{'type':'Welcome','request_id':'r-2'}");
        press("42#");
        next.says("{'type':'SettingsApplied'}");

        assertThat(asked(next)).isEqualTo(PRESSED);
        loop.advance(Duration.ofSeconds(9));
        assertThat(next.sent("InjectUserMessage")).hasSize(1);
    }

    @Test
    void keysThatAreNotComplete_whenTheSessionEnds_areNotTold() {
        ScriptedService.Line line = ready();
        press("4");
        session.close();
        loop.advance(Duration.ofSeconds(5));

        assertThat(line.sent("InjectUserMessage")).isEmpty();
        assertThat(told()).noneMatch(event -> event.startsWith("caller"));
    }

    private void press(String keys) {
        keys.chars().forEach(key -> session.sendDtmf((char) key));
    }

    private static String asked(ScriptedService.Line line) {
        assertThat(line.sent("InjectUserMessage")).hasSize(1);
        return line.sent("InjectUserMessage").get(0).path("content").asText();
    }
}
