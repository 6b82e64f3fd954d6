package io.patchcord.agent.pipeline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClauseChunkerTest {

    static Stream<Arguments> answers() {
        return Stream.of(
                // Where sentences end.
                answer("Hello! How can I help you today?", "Hello!", "How can I help you today?"),
                answer("We are open. Come by.", "We are open.", "Come by."),
                answer("Really?! Yes.", "Really?!", "Yes."),
                answer("He said \"no.\" Then he left.", "He said \"no.\"", "Then he left."),
                answer("\"Really?\" she asked. Yes.", "\"Really?\" she asked.", "Yes."),
                answer("Well... maybe we can. Let me see... Yes.", "Well... maybe we can.", "Let me see...", "Yes."),
                answer("it works. then it stops.", "it works.", "then it stops."),
                answer("No end at all", "No end at all"),
                answer("  \n "),
                answer("👍 ... 🎉"),
                // The first clause.
                answer(
                        "We are open today, and we close at six. Anything else, then?",
                        "We are open today,",
                        "and we close at six.",
                        "Anything else, then?"),
                answer("Sure, I can help you with that, no problem.", "Sure, I can help you with that,", "no problem."),
                answer("Sure, yes, of course.", "Sure, yes, of course."),
                answer("Here is our address: 5 Main Street.", "Here is our address: 5 Main Street."),
                answer("Here is our full address: Main Street 5.", "Here is our full address:", "Main Street 5."),
                answer("I can help with that — one moment.", "I can help with that —", "one moment."),
                answer("I can help with that—one moment.", "I can help with that—", "one moment."),
                answer(
                        "I will put you through to our sales team because they know more.",
                        "I will put you through to our sales team",
                        "because they know more."),
                answer("I stayed at home because it rained.", "I stayed at home because it rained."),
                answer(
                        "Tuesday, Wednesday, Thursday, Friday, and Saturday.",
                        "Tuesday, Wednesday, Thursday, Friday,",
                        "and Saturday."),
                // Numbers.
                answer(
                        "It is 3.50 for one, really. It is 1,200 in all.",
                        "It is 3.50 for one,",
                        "really.",
                        "It is 1,200 in all."),
                answer(
                        "We open at 9:30 a.m. and close at 5 p.m. on weekdays.",
                        "We open at 9:30 a.m. and close at 5 p.m. on weekdays."),
                answer(
                        "Come on March 3, 2026, please. The answer is 42. Good.",
                        "Come on March 3, 2026,",
                        "please.",
                        "The answer is 42.",
                        "Good."),
                answer("Version 2.0.1 is out. Take it.", "Version 2.0.1 is out.", "Take it."),
                answer("See no. 5 or page 7. No. We do not.", "See no. 5 or page 7.", "No.", "We do not."),
                // Abbreviations.
                answer("Ask Dr. Smith or Mrs. Jones. They know.", "Ask Dr. Smith or Mrs. Jones.", "They know."),
                answer("Bring fruit, e.g. an apple. Thanks.", "Bring fruit, e.g. an apple.", "Thanks."),
                answer("J. R. Tolkien wrote it. As did I. Yes.", "J. R. Tolkien wrote it.", "As did I.", "Yes."),
                answer("Open from 9 a.m. Monday to Friday. Bye.", "Open from 9 a.m. Monday to Friday.", "Bye."),
                answer("We open at 9 a.m. Our door is blue.", "We open at 9 a.m.", "Our door is blue."),
                answer(
                        "Bread, milk, etc. are here. We sell to Acme Inc. They pay.",
                        "Bread, milk, etc. are here.",
                        "We sell to Acme Inc.",
                        "They pay."),
                answer(
                        "In the U.S. Army they do. In the U.S. People do.",
                        "In the U.S. Army they do.",
                        "In the U.S.",
                        "People do."),
                answer("We are at 5 St. James St. in town.", "We are at 5 St. James St. in town."),
                // Addresses.
                answer(
                        "Go to www.example.com/a,b now. Write to info@example.com. Bye.",
                        "Go to www.example.com/a,b now.",
                        "Write to info@example.com.",
                        "Bye."),
                // Mark-up.
                answer("**Hello** there, *my* dear `old` friend. __Bye__.", "Hello there, my dear old friend.", "Bye."),
                answer("# Our hours\nwe open at nine.", "Our hours", "we open at nine."),
                answer(
                        "We have:\n- apples\n- pears\n\nAnything else?",
                        "We have:",
                        "apples",
                        "pears",
                        "Anything else?"),
                answer("Do this:\n1. Open the door.\n2. Go in.", "Do this:", "1. Open the door.", "2. Go in."),
                answer("One line that\ngoes on. Another\nLine.", "One line that goes on.", "Another", "Line."),
                answer("See [our site](https://example.com/x(y)) for more [1]. Bye.", "See our site for more.", "Bye."),
                answer("Run this:\n```bash\nrm -rf x. Yes.\n```\nDone.", "Run this:", "Done."),
                answer("<think>Hm. The user wants.</think>\n\nHi there. Bye.", "Hi there.", "Bye."),
                answer("Hi. <THINK>\nno\n</THINK>Bye.", "Hi.", "Bye."),
                answer("<think>never closed. Really.", new String[0]),
                answer(
                        "| Day | Hours |\n|---|---|\n| Monday | nine to five |\nBye.",
                        "Day, Hours",
                        "Monday, nine to five",
                        "Bye."),
                answer("First.\n\n---\n\nSecond.", "First.", "Second."),
                answer("> Quoted words\n> go on.\nDone.", "Quoted words go on.", "Done."),
                answer("5 * 3 is 15, and a_b is a name. ~~No~~ yes.", "5 * 3 is 15,", "and a_b is a name.", "No yes."),
                answer("Press \\*5 or \\# now. 2 < 3 <br>and<b>bold</b>.", "Press *5 or # now.", "2 < 3", "andbold."),
                // Other scripts.
                answer("你好。我们九点开门。", "你好。", "我们九点开门。"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answer_isCutIntoClauses(String text, List<String> clauses) {
        assertThat(chunk(List.of(text))).isEqualTo(clauses);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anyCutIntoDeltas_givesTheSameClauses(String text, List<String> clauses) {
        assertThat(chunk(text.chars().mapToObj(c -> String.valueOf((char) c)).toList()))
                .isEqualTo(clauses);
        Random random = new Random(text.hashCode());
        for (int round = 0; round < 20; round++) {
            List<String> deltas = new ArrayList<>();
            for (int at = 0; at < text.length(); ) {
                int end = Math.min(text.length(), at + random.nextInt(9));
                deltas.add(text.substring(at, end));
                at = end;
            }
            assertThat(chunk(deltas)).as("%s", deltas).isEqualTo(clauses);
        }
    }

    @Test
    void clause_isGivenOutWithTheFirstLetterAfterIt() {
        ClauseChunker chunker = new ClauseChunker(ClauseChunker.Settings.DEFAULT);

        assertThat(chunker.add("We are open today,")).isEmpty();
        assertThat(chunker.add(" and")).containsExactly("We are open today,");
        assertThat(chunker.add(" we close at six.")).isEmpty();
        assertThat(chunker.add("\n\n")).isEmpty();
        assertThat(chunker.add("Bye")).containsExactly("and we close at six.");
        assertThat(chunker.finish()).containsExactly("Bye");
        assertThat(chunker.finish()).isEmpty();
    }

    @Test
    void longSentence_isCutAtCommasAndNeverExceedsTheLimit() {
        Random random = new Random(3);
        StringBuilder text = new StringBuilder("Well.");
        for (int i = 0; i < 2_000; i++) {
            text.append(' ').append("abcdefghij", 0, 1 + random.nextInt(10));
            if (random.nextInt(25) == 0) {
                text.append(',');
            }
        }

        List<String> clauses = chunk(List.of(text.toString()));

        assertThat(clauses).allSatisfy(clause -> assertThat(clause.length()).isLessThanOrEqualTo(200));
        assertThat(String.join(" ", clauses)).isEqualTo(text.toString());
        assertThat(clauses.stream().filter(clause -> clause.endsWith(",")).count())
                .isGreaterThan(clauses.size() / 3);
    }

    @Test
    void longSentence_isNotCutWithinNumbersOrNames() {
        ClauseChunker.Settings tight = new ClauseChunker.Settings(4, 7, 20, 30);
        ClauseChunker chunker = new ClauseChunker(tight);
        List<String> clauses = new ArrayList<>(
                chunker.add("Please call five times 555 123 4567 or ask there for good old Dr. Smith again"));
        clauses.addAll(chunker.finish());

        assertThat(clauses)
                .containsExactly("Please call five times", "555 123 4567 or ask there for", "good old Dr. Smith again");
    }

    @Test
    void textWithoutAnySpace_isCutAtLast() {
        assertThat(chunk(List.of("x".repeat(5_000))))
                .hasSizeGreaterThan(1)
                .allSatisfy(clause -> assertThat(clause.length()).isLessThan(2_100));
    }

    @Test
    void afterFinish_nothingMoreIsTaken() {
        ClauseChunker chunker = new ClauseChunker(ClauseChunker.Settings.DEFAULT);
        chunker.finish();

        assertThatThrownBy(() -> chunker.add("more"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("new chunker");
    }

    @Test
    void settingsThatMakeNoSense_areRefused() {
        assertThatThrownBy(() -> new ClauseChunker.Settings(4, 7, 120, 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("120")
                .hasMessageContaining("100");
    }

    private static Arguments answer(String text, String... clauses) {
        return Arguments.of(text, List.of(clauses));
    }

    private static List<String> chunk(List<String> deltas) {
        ClauseChunker chunker = new ClauseChunker(ClauseChunker.Settings.DEFAULT);
        List<String> clauses = new ArrayList<>();
        deltas.forEach(delta -> clauses.addAll(chunker.add(delta)));
        clauses.addAll(chunker.finish());
        return clauses;
    }
}
