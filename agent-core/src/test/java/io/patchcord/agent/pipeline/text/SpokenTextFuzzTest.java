package io.patchcord.agent.pipeline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that nobody would write, put together from the pieces that mean something to us. */
class SpokenTextFuzzTest {

    private static final String[] PIECES = {
        "*",
        "**",
        "_",
        "`",
        "```",
        "~",
        "~~",
        "#",
        "# ",
        "- ",
        "> ",
        "|",
        "\n",
        "\n\n",
        " ",
        "  ",
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
        "<",
        ">",
        "<think>",
        "</think>",
        "<br>",
        "</",
        "\\",
        "!",
        "?",
        ".",
        "...",
        ",",
        ":",
        ";",
        "—",
        " – ",
        "1",
        "12. ",
        "3.50",
        "1,200",
        "$",
        "€",
        "%",
        "9:30",
        "am",
        "a.m.",
        "p.m. ",
        "Dr. ",
        "e.g.",
        "etc.",
        "St.",
        "http://",
        "x.com",
        "@",
        "&",
        "&amp;",
        "+",
        "-",
        "/",
        "'",
        "\"",
        "word",
        "Word",
        "I",
        "no.",
        "because",
        "😀",
        "你",
        "。",
        "【",
        "】",
        "\r",
        "\t",
        "\u00A0",
        "½",
        "°C",
        "2024",
        "-05-",
        "555-123-4567",
        "\uD83D",
        "\0"
    };

    @Test
    void anyText_isCutTheSameWayHoweverItComes_andNeverBreaksUs() {
        Random random = new Random(20_26);
        for (int round = 0; round < 1_000; round++) {
            String text = text(random);

            List<String> whole = chunk(List.of(text));
            List<String> byCharacter =
                    chunk(text.chars().mapToObj(c -> String.valueOf((char) c)).toList());

            assertThat(byCharacter).as("%s", text).isEqualTo(whole);
            assertThat(whole)
                    .as("%s", text)
                    .allSatisfy(clause -> assertThat(clause)
                            .isEqualTo(clause.strip())
                            .containsPattern("[\\p{L}\\p{N}]")
                            .hasSizeLessThanOrEqualTo(2_001));
        }
    }

    @Test
    void anyText_isSpokenWithoutSignsThatNobodyCanSay() {
        Random random = new Random(20_27);
        for (int round = 0; round < 1_000; round++) {
            String text = text(random);

            String spoken = TextForSpeech.spoken(text);

            assertThat(spoken)
                    .as("%s", text)
                    .doesNotContainPattern("[*_#|\\\\^<>`~\\[\\]{}()\"\\d]|\\s\\s|^\\s|\\s$|😀");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1", "1.", "1,", "1 ", "1-", "1/", "+1 ", "+11", "1:1", "(1)", "a.", "a@", "a.a", "@a.", "$1,", "$1.1-",
                        "[", "![",
                "](", "((", "<a ", "<", "*", "_a", "`", "```\n", "~", "|a", "#", "- ", "St. ", "a b ", "Mon-", "www.",
                        "e.g. ", "½",
                "'1", "\n", "0 1 ", "A1-", "\\", ".", " ."
            })
    void longRepetition_takesNoLongTime(String piece) {
        String text = "Call " + piece.repeat(4_000 / piece.length());

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            chunk(List.of(text));
            chunk(List.of(text)).forEach(TextForSpeech::spoken);
            TextForSpeech.spoken(text);
        });
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(40);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
            if (random.nextInt(3) == 0) {
                text.append(' ');
            }
        }
        return text.toString();
    }

    private static List<String> chunk(List<String> deltas) {
        ClauseChunker chunker = new ClauseChunker(ClauseChunker.Settings.DEFAULT);
        List<String> clauses = new ArrayList<>();
        deltas.forEach(delta -> clauses.addAll(chunker.add(delta)));
        clauses.addAll(chunker.finish());
        return clauses;
    }
}
