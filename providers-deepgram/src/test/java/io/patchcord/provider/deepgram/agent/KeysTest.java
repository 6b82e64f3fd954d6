package io.patchcord.provider.deepgram.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys that the caller presses reach the model as a turn of his. */
class KeysTest extends AgentTest {

    private static final String PRESSED = pressed("4 2 #");

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
        ScriptedService.Line next = beingSetUp("");
        press("42#");
        next.says("{'type':'SettingsApplied'}");

        assertThat(asked(next)).isEqualTo(PRESSED);
        loop.advance(Duration.ofSeconds(9));
        assertThat(next.sent("InjectUserMessage")).hasSize(1);
    }

    @Test
    void twoNumbersInQuickSuccession_areATurnEach_toldOnce() {
        ScriptedService.Line line = ready();
        press("1#2#");
        assertThat(allAsked(line)).containsExactly(pressed("1 #"), pressed("2 #"));

        line.callerSaid(pressed("1 #"));
        line.callerSaid(pressed("2 #"));
        line.agentSays("Both are known.");
        assertThat(told())
                .endsWith(
                        "TurnEnded",
                        "caller " + pressed("1 #"),
                        "SpeechStarted",
                        "TurnEnded",
                        "caller " + pressed("2 #"),
                        "started deepgram-1",
                        "text deepgram-1 Both are known.");
        assertThat(told()).filteredOn("TurnEnded"::equals).hasSize(2);
    }

    @Test
    void twoNumbersWhileAConnectionIsBeingSetUp_areAskedOfIt() {
        ScriptedService.Line next = beingSetUp("");
        press("1#2#");
        next.says("{'type':'SettingsApplied'}");

        assertThat(allAsked(next)).containsExactly(pressed("1 #"), pressed("2 #"));
    }

    @Test
    void numberBeforeAConnectionIsSetUp_isAskedOfIt_withTheOneThatFollows() {
        ScriptedService.Line next = beingSetUp("1#");
        press("2#");
        next.says("{'type':'SettingsApplied'}");

        assertThat(allAsked(next)).containsExactly(pressed("1 #"), pressed("2 #"));
    }

    @Test
    void answerThatBrokeOff_isNotGoneOnWith_whenKeysArePressedMeanwhile() {
        ScriptedService.Line line = ready();
        line.agentSays("Your number, please, and then the hash key.");
        line.speaks(1_000);
        line.isLost();
        loop.advance(Duration.ofMillis(200));
        ScriptedService.Line next = service.line();
        next.open();
        next.says("{'type':'Welcome','request_id':'r-2'}");
        press("42#");
        next.says("{'type':'SettingsApplied'}");

        assertThat(asked(next)).isEqualTo(PRESSED);
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

    /** A second connection, between its Settings and SettingsApplied. */
    private ScriptedService.Line beingSetUp(String keysBefore) {
        ScriptedService.Line line = ready();
        line.agentSays("Your number?");
        line.speaks(500);
        line.says("{'type':'AgentAudioDone'}");
        line.isLost();
        press(keysBefore);
        loop.advance(Duration.ofMillis(200));
        ScriptedService.Line next = service.line();
        next.open();
        next.says("{'type':'Welcome','request_id':'r-2'}");
        return next;
    }

    private void press(String keys) {
        keys.chars().forEach(key -> session.sendDtmf((char) key));
    }

    private static String asked(ScriptedService.Line line) {
        assertThat(allAsked(line)).hasSize(1);
        return allAsked(line).get(0);
    }

    private static List<String> allAsked(ScriptedService.Line line) {
        return line.sent("InjectUserMessage").stream()
                .map(message -> message.path("content").asText())
                .toList();
    }

    private static String pressed(String keys) {
        return "(The caller pressed " + keys + " on the keypad.)";
    }
}
