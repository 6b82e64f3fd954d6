package io.patchcord.agent.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.ConversationItem;
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
