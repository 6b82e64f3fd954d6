package io.patchcord.openai.compatible;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpeechPartsTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4_095, 4_096})
    void textThatIsShortEnough_isLeftAsItIs(int length) {
        String text = " ".repeat(length);

        assertThat(SpeechParts.of(text)).containsExactly(text);
    }

    @Test
    void sentences_stayWhole() {
        String first = "x".repeat(3_000) + ".";
        String second = "y".repeat(2_000) + "? ";

        assertThat(SpeechParts.of(first + " " + second + "Z.")).containsExactly(first, second + "Z.");
    }

    @Test
    void sentenceThatIsTooLong_isCutBetweenTwoWords() {
        String words = "word ".repeat(1_000).strip();

        List<String> parts = SpeechParts.of(words);

        assertThat(parts).hasSize(2).allMatch(part -> part.startsWith("word") && part.endsWith("word"));
        assertThat(String.join(" ", parts)).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a"})
    void wordThatIsTooLong_isCutBetweenTwoLetters(String before) {
        String text = before + "👋".repeat(5_000);

        List<String> parts = SpeechParts.of(text);

        assertThat(parts).allMatch(part -> part.length() <= 4_096 && !Character.isLowSurrogate(part.charAt(0)));
        assertThat(String.join("", parts)).isEqualTo(text);
    }
}
