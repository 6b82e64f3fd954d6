package io.patchcord.agent.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderConfigTest {

    private final List<String> mistakes = new ArrayList<>();

    @Test
    void firstValueThatMakesNoSense_isThrown() {
        ProviderConfig config = ProviderConfig.of(Map.of("LIMIT", "many"));

        assertThatThrownBy(() -> config.integer("LIMIT", 5, 1, 10))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        e -> assertThat(e.kind()).isEqualTo(ProviderException.Kind.CONFIGURATION))
                .hasMessage("LIMIT=many: write a whole number from 1 to 10");
    }

    @Test
    void valuesThatMakeNoSense_areAllReported_withTheDefaultInTheirPlace() {
        ProviderConfig config = ProviderConfig.of(
                        Map.of("LIMIT", "11", "SHARE", "half", "AFTER", "soon", "ON", "perhaps"))
                .reporting(mistakes::add);

        assertThat(config.integer("LIMIT", 5, 1, 10)).isEqualTo(5);
        assertThat(config.number("SHARE", 0.5, 0, 1)).isEqualTo(0.5);
        assertThat(config.duration("AFTER", Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.flag("ON", true)).isTrue();
        assertThat(mistakes)
                .containsExactly(
                        "LIMIT=11: write a whole number from 1 to 10",
                        "SHARE=half: write a number from 0.0 to 1.0",
                        "AFTER=soon: write a duration such as 250ms, 5s or 2m",
                        "ON=perhaps: write true or false");
    }

    @Test
    void whatIsMissing_isThrown_whoeverIsReportedTo() {
        ProviderConfig config = ProviderConfig.of(Map.of("KEY", " ")).reporting(mistakes::add);

        assertThatThrownBy(() -> config.require("KEY")).hasMessageContaining("KEY is not set");
        assertThat(mistakes).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"250ms, 250", "5s, 5000", "2m, 120000", "40, 40", "PT1.5S, 1500", "' 5S ', 5000"})
    void durations_areWrittenInSeveralWays(String text, long millis) {
        assertThat(ProviderConfig.of(Map.of("D", text)).duration("D", Duration.ZERO))
                .isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void values_areNotShown() {
        assertThat(ProviderConfig.of(Map.of("KEY", "secret")))
                .asString()
                .contains("KEY")
                .doesNotContain("secret");
    }
}
