package io.patchcord.provider.deepgram;

import static io.patchcord.provider.deepgram.ListenMessages.fromFinalize;
import static io.patchcord.provider.deepgram.ListenMessages.interim;
import static io.patchcord.provider.deepgram.ListenMessages.isFinal;
import static io.patchcord.provider.deepgram.ListenMessages.speechFinal;
import static io.patchcord.provider.deepgram.ListenMessages.utteranceEnd;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.SttEvent;
import io.patchcord.agent.spi.SttEvent.EndOfTurn;
import io.patchcord.agent.spi.SttEvent.Final;
import io.patchcord.agent.spi.SttEvent.Interim;
import io.patchcord.agent.spi.SttEvent.SpeechStarted;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NovaTurnsTest {

    private static final String FINALIZE = "{\"type\":\"Finalize\"}";

    private final List<SttEvent> events = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private NovaTurns turns = new NovaTurns(true, events::add, sent::add);

    @Test
    void turn_isItsFinalWords_andEndsWithSpeechFinal() {
        read(interim(0, 0.8, "what"), interim(0, 1.1, "what are"), isFinal(0, 1.5, "What are your"));
        assertThat(turns.isQuiet()).isFalse();
        read(interim(1.5, 0.5, "hours"), speechFinal(1.5, 0.9, "hours?"));

        assertThat(events)
                .containsExactly(
                        new SpeechStarted(),
                        new Interim("what"),
                        new Interim("what are"),
                        new Final("What are your"),
                        new Interim("hours"),
                        new Final("hours?"),
                        new EndOfTurn("What are your hours?"));
        assertThat(turns.isQuiet()).isTrue();
    }

    @Test
    void silence_isNoTurn() {
        read(interim(0, 1, ""), isFinal(0, 3, ""), speechFinal(3, 1, ""), utteranceEnd(2));

        assertThat(events).isEmpty();
    }

    @Test
    void speechFinalWithoutWords_endsTheTurnThatHasSome() {
        read(isFinal(0, 1, "Hello."), speechFinal(1, 0.5, ""));

        assertThat(events).containsExactly(new SpeechStarted(), new Final("Hello."), new EndOfTurn("Hello."));
    }

    @Test
    void utteranceEnd_endsTheTurn_whenNoSilenceCouldBeHeard() {
        read(isFinal(0, 1, "Hello."), utteranceEnd(0.9));

        assertThat(events).endsWith(new EndOfTurn("Hello."));
        assertThat(sent).isEmpty();
    }

    @Test
    void utteranceEnd_afterSpeechFinal_isPassedOver() {
        read(speechFinal(0, 1, "Hello."), utteranceEnd(0.9), isFinal(1, 1, "And"), utteranceEnd(0.9));

        assertThat(events).endsWith(new EndOfTurn("Hello."), new SpeechStarted(), new Final("And"));
    }

    @Test
    void utteranceEnd_withWordsThatMayChange_asksForThemOnce() {
        read(isFinal(0, 1, "I live"), interim(1, 1, "in oslo"), utteranceEnd(1.9), utteranceEnd(1.9));
        assertThat(sent).containsExactly(FINALIZE);
        assertThat(events).doesNotHaveAnyElementsOfTypes(EndOfTurn.class);

        read(fromFinalize(1, 1.2, "in Oslo."));

        assertThat(events).endsWith(new Final("in Oslo."), new EndOfTurn("I live in Oslo."));
    }

    @Test
    void resultThatComesTwice_countsOnce() {
        String first = isFinal(0, 1.2, "I live");
        String last = speechFinal(1.2, 1, "in Oslo.");
        read(first, first, interim(0.2, 1, "I live"), last, last, utteranceEnd(2), utteranceEnd(2));

        assertThat(events)
                .containsExactly(
                        new SpeechStarted(),
                        new Final("I live"),
                        new Final("in Oslo."),
                        new EndOfTurn("I live in Oslo."));
    }

    @Test
    void newConnection_countsFromZero() {
        read(speechFinal(100, 1, "Hello."));
        turns.connected();
        read(speechFinal(0, 1, "Again."));

        assertThat(events)
                .endsWith(new EndOfTurn("Hello."), new SpeechStarted(), new Final("Again."), new EndOfTurn("Again."));
    }

    @Test
    void finish_endsTheTurnWithTheAnswer_andWithNothingElse() {
        turns = new NovaTurns(false, events::add, sent::add);
        read(isFinal(0, 1, "What are"), interim(1, 0.5, "your"));
        assertThat(turns.finish()).contains(FINALIZE);
        read(speechFinal(1, 0.3, "your"), fromFinalize(1.3, 0.4, "hours?"));
        assertThat(turns.finish()).contains(FINALIZE);
        read(fromFinalize(1.7, 0.1, ""));

        assertThat(events)
                .endsWith(
                        new Final("your"),
                        new Final("hours?"),
                        new EndOfTurn("What are your hours?"),
                        new EndOfTurn(""));
    }

    @Test
    void finishThatIsNotAnswered_endsWithWhatIsKnown_andTheLateAnswerBringsOnlyWhatIsNew() {
        turns = new NovaTurns(false, events::add, sent::add);
        read(isFinal(0, 1, "I live"), interim(1, 1, "in oslo"));
        turns.finish();
        turns.finish();
        turns.expire();
        assertThat(events).endsWith(new EndOfTurn("I live in oslo"), new EndOfTurn(""));
        turns.expire();

        read(fromFinalize(1, 2, "in Oslo. Well, mostly."));

        // Its words are half a second each: the first two were told.
        assertThat(events).endsWith(new EndOfTurn(""), new SpeechStarted(), new Final("Well, mostly."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "17",
                "null",
                "{\"type\":null}",
                "{\"type\":\"Results\"}",
                "{\"type\":\"Results\",\"channel\":{\"alternatives\":[]},\"start\":0,\"duration\":1}",
                "{\"type\":\"Results\",\"channel\":[],\"start\":\"x\",\"duration\":{},\"is_final\":\"yes\"}",
                "{\"type\":\"SpeechStarted\",\"channel\":[0,1],\"timestamp\":9.54}",
                "{\"type\":\"Metadata\",\"duration\":0.0}",
                "{\"type\":\"UtteranceEnd\"}",
                "{\"type\":\"SomethingOfNextYear\",\"transcript\":\"x\"}",
            })
    void messageThatIsNotUnderstood_isPassedOver(String message) {
        read(message);
        assertThat(events).isEmpty();

        read(speechFinal(0, 2, "Hello."));
        assertThat(events).endsWith(new EndOfTurn("Hello."));
    }

    private void read(String... messages) {
        for (String message : messages) {
            turns.read(Published.json(message));
        }
    }
}
