package io.patchcord.agent.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointerTest {

    private final Endpointer.Waits waits = Endpointer.Waits.USUAL;
    private final Endpointer endpointer = new Endpointer(waits);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What are your opening hours?",
                "I would like to speak to a person.",
                "Stop!",
                "What are you waiting for?",
                "Yes",
                "no thank you",
                "Yeah.",
                "That's right",
                "Two.",
                "My number is 0 1 7 1 5 5 5 2 3 4 5.",
                "It is 017155523450."
            })
    void finishedSentence_isAnsweredQuickly(String text) {
        assertThat(endpointer.silenceAfter(text, "")).isEqualTo(waits.complete());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I would like to book a table,",
                "I want to book a table and",
                "I want to book a table and.",
                "I am looking for the.",
                "My name is.",
                "Well, I thought...",
                "On Tuesday –",
                "My number is 5 5 5.",
                "It's 0171",
                "five five five"
            })
    void unfinishedSentence_isWaitedFor(String text) {
        assertThat(endpointer.silenceAfter(text, "")).isEqualTo(waits.unfinished());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Um", "I want, uh", "So.", "", "  ", "..."})
    void hesitation_isWaitedForLongest(String text) {
        assertThat(endpointer.silenceAfter(text, "")).isEqualTo(waits.longest());
    }

    @Test
    void wordsWithoutPunctuation_areWaitedForALittle() {
        assertThat(endpointer.silenceAfter("when do you open on sunday", "")).isEqualTo(waits.undecided());
    }

    @ParameterizedTest
    @CsvSource({
        "For how many people?, four people, complete",
        "For how many people?, four people at the, unfinished",
        "You are welcome., four people, undecided",
        "What is your name?, my name would be john smith, undecided"
    })
    void shortAnswerToAQuestion_isComplete(String question, String answer, String expected) {
        Duration wait = switch (expected) {
            case "complete" -> waits.complete();
            case "unfinished" -> waits.unfinished();
            default -> waits.undecided();
        };

        assertThat(endpointer.silenceAfter(answer, question)).isEqualTo(wait);
    }

    @Test
    void waitsOutOfOrder_areRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new Endpointer.Waits(second, second, Duration.ZERO, second))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none may be longer than the next");
    }
}
