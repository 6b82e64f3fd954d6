package io.patchcord.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class YamlFileTest {

    private final List<ConfigProblem> problems = new ArrayList<>();

    @Test
    void names_mayBeWrittenInOnePieceOrTakenApart() {
        List<ConfigEntry> entries = YamlFile.parse("""
                AI_PROVIDER: local
                asterisk:
                  host: 10.0.0.5
                  ari:
                    port: 8088
                  ari-username: agent
                audiosocket.allow: [10.0.0.0/8, 127.0.0.1]
                greeting: |
                  Hello,
                  this is a test.
                nothing:
                """, "p.yaml", problems);

        assertThat(problems).isEmpty();
        assertThat(entries)
                .containsExactly(
                        new ConfigEntry("AI_PROVIDER", "local", "p.yaml:1"),
                        new ConfigEntry("ASTERISK_HOST", "10.0.0.5", "p.yaml:3"),
                        new ConfigEntry("ASTERISK_ARI_PORT", "8088", "p.yaml:5"),
                        new ConfigEntry("ASTERISK_ARI_USERNAME", "agent", "p.yaml:6"),
                        new ConfigEntry("AUDIOSOCKET_ALLOW", "10.0.0.0/8,127.0.0.1", "p.yaml:7"),
                        new ConfigEntry("GREETING", "Hello,\nthis is a test.\n", "p.yaml:8"),
                        new ConfigEntry("NOTHING", "", "p.yaml:11"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistake_isToldWithItsLine(String text, String place, String remedy) {
        YamlFile.parse(text, "p.yaml", problems);

        assertThat(problems).first().satisfies(problem -> {
            assertThat(problem.place()).isEqualTo(place);
            assertThat(problem.remedy()).startsWith(remedy);
        });
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("a: 1\nb: [", "p.yaml:2", "no YAML"),
                Arguments.of("just words", "p.yaml:1", "write settings as name: value"),
                Arguments.of("a: 1\nb:\n  - c: 2", "p.yaml:3", "write a value, or a list of values"),
                Arguments.of("? [a]\n: 1", "p.yaml:1", "write a name before the colon"),
                Arguments.of("a: &x\n  b: *x", "p.yaml:1", "write a value"));
    }

    @Test
    void emptyFile_isNoMistake() {
        assertThat(YamlFile.parse("# nothing\n", "p.yaml", problems)).isEmpty();
        assertThat(problems).isEmpty();
    }
}
