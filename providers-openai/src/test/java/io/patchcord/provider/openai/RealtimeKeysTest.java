package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.CallEvent;
import io.patchcord.provider.openai.testing.FakeAnswer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys that the caller presses reach the model as words of his. */
class RealtimeKeysTest {

    private static final String PRESSED = "(The caller pressed 4 2 # on the keypad.)";

    private final RealtimeCall call = new RealtimeCall();

    @AfterEach
    void nothingIsLeft() {
        call.end();
    }

    @Test
    void keys_areATurnInWriting_andAreAnswered() {
        begin();
        call.pass(3_000);
        call.press("42#");
        call.pass(3_000);

        assertThat(call.service().conversation()).endsWith("user: " + PRESSED, "assistant: account found");
        assertThat(call.heard()).isEqualTo("Hello caller account found");
        assertThat(call.callEvents(CallEvent.CallerSaid.class))
                .singleElement()
                .extracting(CallEvent.CallerSaid::text)
                .isEqualTo(PRESSED);
    }

    @Test
    void keysWhileTheAgentSpeaks_interruptIt_andNoSecondResponseIsAskedForBeforeThat() {
        call.profile().greeting("one two three four five six seven eight nine ten");
        call.script().sendsPieces(Duration.ofMillis(200), Duration.ofMillis(150));
        begin();
        call.pass(1_000);
        call.press("42#");
        call.pass(4_000);

        assertThat(call.callEvents(CallEvent.Interrupted.class)).hasSize(1);
        assertThat(call.heard()).startsWith("one two").doesNotContain("nine").endsWith("account found");
    }

    @Test
    void keysWhileThereIsNoSession_areAnsweredByTheNextOne() {
        begin();
        call.pass(3_000);
        call.service().cut();
        call.press("42#");
        call.pass(4_000);

        assertThat(call.sockets().sessions()).hasSize(2);
        assertThat(call.service().conversation())
                .containsExactly("assistant: Hello caller", "user: " + PRESSED, "assistant: account found");
    }

    @Test
    void keysWhileAnAnswerIsAskedFor_areAnsweredAfterIt() {
        begin();
        call.pass(3_000);
        pressWhenAsked("4 2", "7#");
        call.press("42#");
        call.pass(5_000);

        assertThat(call.heard()).isEqualTo("Hello caller account found seven then");
        assertThat(call.service().responses()).isEqualTo(3);
    }

    @Test
    void keysWhileTheServiceBeginsToAnswerATurn_areAnsweredAfterIt() {
        begin();
        call.pass(3_000);
        pressWhenAsked("hours", "7#");
        call.speak("hours please");
        call.pass(5_000);

        assertThat(call.heard()).isEqualTo("Hello caller what seven then");
        assertThat(call.service().responses()).isEqualTo(3);
    }

    @Test
    void keysWhileTheServiceBeginsToSpeakByItself_areAnsweredAfterIt() {
        begin();
        call.pass(3_000);
        call.service().beginResponse(FakeAnswer.says("still there"));
        call.press("42#");
        call.pass(5_000);

        assertThat(call.heard()).isEqualTo("Hello caller still there account found");
    }

    /** The caller presses keys just when the service begins to answer these words, and before it can tell. */
    private void pressWhenAsked(String words, String keys) {
        boolean[] pressed = new boolean[1];
        call.script().answers(heard -> {
            if (heard.contains(words) && !pressed[0]) {
                pressed[0] = true;
                keys.chars().forEach(key -> call.port().callerPresses((char) key));
            }
            return FakeAnswer.says(
                    heard.contains("7") ? "seven then" : heard.contains("4 2") ? "account found" : "what");
        });
    }

    private void begin() {
        call.script().answers(heard -> FakeAnswer.says(heard.contains("4 2") ? "account found" : "what"));
        call.start();
    }
}
