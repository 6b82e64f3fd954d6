package io.patchcord.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DotEnvTest {

    private final List<ConfigProblem> problems = new ArrayList<>();

    static Stream<Arguments> composeRules() {
        return Stream.of(
                Arguments.of("V=VAL", "VAL"),
                Arguments.of("V=\"VAL\"", "VAL"),
                Arguments.of("V='VAL'", "VAL"),
                Arguments.of("V=VAL # comment", "VAL"),
                Arguments.of("V=VAL\t# comment", "VAL"),
                Arguments.of("V=VAL# not a comment", "VAL# not a comment"),
                Arguments.of("V=a#b", "a#b"),
                Arguments.of("V=#b", "#b"),
                Arguments.of("V= # comment", ""),
                Arguments.of("V=\"VAL # not a comment\"", "VAL # not a comment"),
                Arguments.of("V=\"VAL\" # comment", "VAL"),
                Arguments.of("V='VAL'# comment", "VAL"),
                Arguments.of("V='$OTHER'", "$OTHER"),
                Arguments.of("V='${OTHER}'", "${OTHER}"),
                Arguments.of("V='Let\\'s go!'", "Let's go!"),
                Arguments.of("V=\"{\\\"hello\\\": \\\"json\\\"}\"", "{\"hello\": \"json\"}"),
                Arguments.of("V=\"some\\tvalue\"", "some\tvalue"),
                Arguments.of("V='some\\tvalue'", "some\\tvalue"),
                Arguments.of("V=some\\tvalue", "some\\tvalue"),
                Arguments.of("V=\"C:\\\\dir\"", "C:\\dir"),
                Arguments.of("V=\"two\\nlines\"", "two\nlines"),
                Arguments.of("V=\"two\nlines\"", "two\nlines"),
                Arguments.of("V='two\nlines'", "two\nlines"),
                Arguments.of("V=", ""),
                Arguments.of("V=\"\"", ""),
                Arguments.of("V", null),
                Arguments.of("export V=2", "2"),
                Arguments.of("  export\tV = 2  ", "2"),
                Arguments.of("exportV=2", null),
                Arguments.of("V: 1", "1"),
                Arguments.of("V=1:B", "1:B"),
                Arguments.of("V=a=b=", "a=b="),
                Arguments.of("V=one two", "one two"),
                Arguments.of("V=it's", "it's"),
                Arguments.of("V=first\nV=last", "last"),
                Arguments.of("V=windows\r\nW=2\r\n", "windows"),
                Arguments.of("\uFEFFV=after a mark", "after a mark"),
                Arguments.of("# comment\n\n   # another\nV=1", "1"),
                Arguments.of("V=${OTHER}", "other"),
                Arguments.of("V=$OTHER.", "other."),
                Arguments.of("V=\"<$OTHER>\"", "<other>"),
                Arguments.of("W=w\nV=$W", "w"),
                Arguments.of("OTHER=file\nV=$OTHER", "other"),
                Arguments.of("V=${NONE:-fall back}", "fall back"),
                Arguments.of("V=${EMPTY:-fall back}", "fall back"),
                Arguments.of("V=${EMPTY-fall back}", ""),
                Arguments.of("V=${OTHER:-fall back}", "other"),
                Arguments.of("V=a$$b", "a$b"),
                Arguments.of("V=\"a\\$OTHER\"", "a$OTHER"),
                Arguments.of("V=100$", "100$"),
                Arguments.of("V=$5", "$5"));
    }

    @ParameterizedTest
    @MethodSource("composeRules")
    void line_isReadAsComposeReadsIt(String text, String expected) {
        Map<String, String> environment = Map.of("OTHER", "other", "EMPTY", "");

        String value = DotEnv.parse(text, ".env", environment, problems).stream()
                .filter(entry -> entry.name().equals("V"))
                .map(ConfigEntry::value)
                .findFirst()
                .orElse(null);

        assertThat(problems).isEmpty();
        assertThat(value).isEqualTo(expected);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("V=\"open", "V", "the quote \" is not closed"),
                Arguments.of("V='it's'", "V", "text follows the closing quote"),
                Arguments.of("V=pa$word", "V", "a variable after $ is not set"),
                Arguments.of("V=${NONE}", "V", "a variable after $ is not set"),
                Arguments.of("V=${NONE", "V", "${ is not closed"),
                Arguments.of("V=${NONE/a/b}", "V", "write ${NAME} or ${NAME:-default}"),
                Arguments.of("PASSWORD hunter2", "PASSWORD", "write NAME=value"),
                Arguments.of("=hunter2", "this line", "write NAME=value"),
                Arguments.of("-V=hunter2", "this line", "write NAME=value"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistake_isToldWithItsLineAndWithoutTheValue(String line, String name, String remedy) {
        List<ConfigEntry> entries = DotEnv.parse("A=1\n" + line + "\nZ=26", ".env", Map.of(), problems);

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.name()).isEqualTo(name);
            assertThat(problem.place()).isEqualTo(".env:2");
            assertThat(problem.remedy()).startsWith(remedy);
            assertThat(problem.toString()).doesNotContain("hunter2").doesNotContain("word\"");
        });
        assertThat(entries).contains(new ConfigEntry("A", "1", ".env:1"));
    }

    @Test
    void entries_knowTheirLines_afterValuesOfSeveralLines() {
        List<ConfigEntry> entries = DotEnv.parse("A='1\n2\n3'\n\nB=2", ".env", Map.of(), problems);

        assertThat(entries)
                .containsExactly(new ConfigEntry("A", "1\n2\n3", ".env:1"), new ConfigEntry("B", "2", ".env:5"));
    }
}
