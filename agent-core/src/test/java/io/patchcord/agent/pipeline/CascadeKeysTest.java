package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.S2sEvent;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys that the caller presses: a script acts upon single ones, a language model reads them. */
class CascadeKeysTest {

    private static final String PRESSED = "(The caller pressed 4 2 # on the keypad.)";

    private final Call call = new Call();

    @AfterEach
    void orderWasKept() {
        call.session().close();
        call.loop.runPending();
        call.checkOrder();
    }

    @Test
    void languageModel_readsThemAsATurn() {
        call.llm.when("4 2", "Account found.");
        call.open();
        press("42#");
        call.silence(1_000);

        assertThat(call.transcripts()).containsExactly(PRESSED);
        assertThat(call.lastHistory()).endsWith(new ConversationItem.CallerSaid(PRESSED));
        assertThat(call.written()).isEqualTo("Account found.");
    }

    @Test
    void keyThatTheModelActsUponByItself_isNotReadAsWell() {
        call.llm.whenKey('0', "I put you through.").when("", "What?");
        call.open();
        press("0");
        call.silence(5_000);

        assertThat(call.transcripts()).isEmpty();
        assertThat(call.written()).isEqualTo("I put you through.");
    }

    @Test
    void keyThatTheModelActsUponByItself_isATurnWithoutWords() {
        call.llm.whenKey('0', "I put you through.");
        call.open();
        press("0");
        call.silence(1_000);

        assertThat(call.all(S2sEvent.SpeechStarted.class)).hasSize(1);
        assertThat(call.all(S2sEvent.TurnEnded.class)).hasSize(1);
        assertThat(call.all(S2sEvent.LatencyMark.class))
                .extracting(S2sEvent.LatencyMark::stage)
                .contains(S2sEvent.Stage.FIRST_TEXT, S2sEvent.Stage.FIRST_AUDIO);
    }

    @Test
    void keyWhileAnAnswerIsPrepared_isAnsweredFirst() {
        call.llm.whenKey('0', "I put you through.").when("hours", "We open at nine.");
        call.open();
        call.speak("Your hours?");
        call.silence(350);
        assertThat(call.llm.histories()).hasSize(1);
        assertThat(call.all(S2sEvent.TurnEnded.class)).isEmpty();
        press("0");
        call.silence(3_000);

        assertThat(call.written()).isEqualTo("I put you through.|We open at nine.");
        assertThat(call.llm.discarded()).containsExactly("Your hours?");
    }

    @Test
    void keyBeforeAnythingOfTheAnswerIsHeard_isAnswered() {
        call.llm.whenKey('0', "I put you through.").when("hours", "We open at nine.");
        call.open();
        call.speak("Your hours?");
        call.silence(600);
        String first = call.all(S2sEvent.ResponseStarted.class).get(0).responseId();
        call.core = event -> {
            if (event instanceof S2sEvent.TurnEnded) {
                call.session().interrupt(first, Duration.ofMillis(60));
            }
        };
        press("0");
        call.silence(2_000);

        assertThat(call.heard().get(call.heard().size() - 1)).isEqualTo("I put you through.");
        assertThat(call.lastHistory()).containsExactly(new ConversationItem.CallerSaid("Your hours?"));
    }

    @Test
    void script_isNotToldOfKeysThatItDoesNotKnow() {
        call.llm.goesOn(false).when("", "What?");
        call.open();
        press("42#");
        call.silence(5_000);

        assertThat(call.transcripts()).isEmpty();
        assertThat(call.written()).isEmpty();
    }

    @Test
    void keysThatAreNotComplete_whenTheCallEnds_areForgotten() {
        call.open();
        press("4");
        call.session().close();
        call.silence(5_000);

        assertThat(call.transcripts()).isEmpty();
    }

    private void press(String keys) {
        keys.chars().forEach(key -> call.session().sendDtmf((char) key));
    }
}
