package io.patchcord.provider.local.tts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeakableTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "Good morning.                   | Good morning.",
                "It’s “quoted” – and dashed…     | It's \"quoted\", and dashed...",
                "Open 9–17                       | Open 9-17",
                "Café Zoë in Łódź, Straße, Ærø   | Cafe Zoe in lodz, Strasse, aero",
                "€5 and £3.50                    | 5 euros and 3.50 pounds",
                "21°                             | 21 degrees",
                "Ms. Jones, we're on Wi-Fi       | Miz Jones, we are on wifi",
                "I haven't seen FreePBX          | I have not seen free PBX",
                "*bold* `code` [x] {y} <z> a_b   | bold code x y z a b",
                "Hello 👋 there ☎                | Hello there",
                "ﬁve½                            | five1 2",
                "R&D costs 10% + $5              | R&D costs 10% + $5"
            })
    void text_becomesPlainAscii(String text, String expected) {
        assertThat(SpeakableText.clean(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "...", "👋", "你好", "—", "*** ", "\u0000\u0007"})
    void nothingToSay_isNoUtterance(String text) {
        assertThat(SpeakableText.utterances(text)).isEmpty();
    }

    @Test
    void longText_isCutBehindSentences() {
        String sentence = "This is a sentence that is about sixty characters in length.";

        List<String> utterances = SpeakableText.utterances((sentence + " ").repeat(5));

        assertThat(utterances).containsExactly(sentence + " " + sentence + " " + sentence, sentence + " " + sentence);
    }

    @Test
    void longSentence_isCutBehindACommaOrAWord_andNothingIsLost() {
        String text = "one two three four five six seven, ".repeat(20).strip();

        List<String> utterances = SpeakableText.utterances(text);

        assertThat(utterances).allSatisfy(part -> assertThat(part.length()).isBetween(90, 200));
        assertThat(utterances.get(0)).endsWith("seven,");
        assertThat(String.join(" ", utterances)).isEqualTo(text);
    }

    @Test
    void endlessWord_isBroken_soThatNoTokenIsLong() {
        List<String> utterances = SpeakableText.utterances("x".repeat(1_000));

        assertThat(String.join("", utterances).replace(" ", "")).hasSize(1_000);
        assertThat(utterances).allSatisfy(part -> {
            assertThat(part.length()).isLessThanOrEqualTo(SpeakableText.LONGEST_UTTERANCE);
            assertThat(part.split(" "))
                    .allSatisfy(token -> assertThat(token.length()).isLessThanOrEqualTo(40));
        });
    }
}
