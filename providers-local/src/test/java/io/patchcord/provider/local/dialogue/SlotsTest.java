package io.patchcord.provider.local.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.provider.local.dialogue.Intent.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlotsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "My number is 020 7946 0958. | 02079460958",
                "zero two oh seven, nine four six | 0207946",
                "It's five five five, double one, triple two. | 55511222",
                "twenty three forty five sixty | 234560",
                "oh eight hundred twelve thirteen | 08001213",
                "plus one 212 555 0100 | +12125550100",
                "+44 20 7946 0958 | +442079460958",
                "You have it already. | ''",
            })
    void number_isReadFromWordsAndFigures(String said, String digits) {
        assertThat(SpokenNumber.digits(said)).isEqualTo(digits);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"5551234 | 5 5 5, 1 2 3 4", "+442079 | plus 4 4 2, 0 7 9", "12345 | 1 2 3, 4 5"})
    void number_isReadBackDigitByDigit(String number, String read) {
        assertThat(SpokenNumber.readable(number)).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "My name is Anna Berg. | Anna Berg",
                "It's Tom. | Tom",
                "Yes, this is Mary O'Neill speaking. | Mary O'neill",
                "Anna Berg, please. | Anna Berg",
                "jean-luc | Jean-luc",
                "Um, hi, I'm Paul. | Paul",
            })
    void name_isFreedOfWhatStandsAround(String said, String name) {
        assertThat(SpokenName.in(said)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Yes.", "What?", "Why do you want to know my name at all", "123"})
    void whatIsNoName_isNone(String said) {
        assertThat(SpokenName.in(said)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Yes, please. | YES",
                "Uh, yeah, that's correct. | YES",
                "No, thank you. | NO",
                "Not really. | NO",
                "No, that's all, thanks. | FAREWELL",
                "Nothing else. | FAREWELL",
                "Okay, bye! | FAREWELL",
                "Thank you, good-by. | FAREWELL",
                "Thank you very much. | THANKS",
                "Good morning. | GREETING",
                "Pardon? | REPEAT",
                "Sorry, again please? | REPEAT",
            })
    void plainWords_areUnderstoodAsTheyStand(String said, Kind kind) {
        assertThat(PlainWords.intent(Words.of(said))).contains(Intent.of(kind));
    }

    @Test
    void wordsThatOnlySoundLikeAFarewell_doNotEndTheCall() {
        assertThat(PlainWords.intent(Words.of("Would it be good by Monday?"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"No parking there?", "Yes I need a chain", "Hello where are you", "What are your prices"})
    void moreThanPlainWords_isLeftToTheModel(String said) {
        assertThat(PlainWords.intent(Words.of(said))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Never mind.", "No, forget it, thanks.", "Sorry, cancel that please."})
    void cancelling_isUnderstood(String said) {
        assertThat(PlainWords.isCancel(Words.of(said))).isTrue();
    }
}
