package io.patchcord.agent.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private final Clock clock = Clock.fixed(Instant.parse("2026-11-06T08:49:37Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({"7, 7", "' 120 ', 120", "0, 0", "999999, 999999"})
    void seconds(String header, long seconds) {
        assertThat(RetryAfter.of(header, clock)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Fri, 06 Nov 2026 08:51:07 GMT",
                " Fri, 06 Nov 2026 08:51:07 GMT ",
                "Friday, 06-Nov-26 08:51:07 GMT",
                "Fri Nov  6 08:51:07 2026"
            })
    void date_inEachOfItsThreeForms(String header) {
        assertThat(RetryAfter.of(header, clock)).contains(Duration.ofSeconds(90));
    }

    @Test
    void asctimeWithADayOfTwoDigits() {
        assertThat(RetryAfter.of("Tue Nov 10 08:49:37 2026", clock)).contains(Duration.ofDays(4));
    }

    @Test
    void dateThatIsPast_isNow() {
        assertThat(RetryAfter.of("Sun, 06 Nov 1994 08:49:37 GMT", clock)).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "-1",
                "1.5",
                "7 s",
                "1000000",
                "99999999999999999999",
                "Fri, 06 Nov 2126 08:49:37 GMT",
                "Mon, 06 Nov 2026 08:51:07 GMT",
                "Fri, 06 Nov 2026 08:51:07 CET",
                "Fri, 36 Nov 2026 08:51:07 GMT",
                "Fri, 06 Nov 2026 08:51:07 GMT, 7",
                "2026-11-06T08:51:07Z"
            })
    void whatCannotBeMeant_isIgnored(String header) {
        assertThat(RetryAfter.of(header, clock)).isEmpty();
    }

    @Test
    void noHeader() {
        assertThat(RetryAfter.of(null, clock)).isEmpty();
    }
}
