package io.patchcord.provider.local.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpeningHoursTest {

    private static final OpeningHours HOURS = hours(
            "{timezone: Europe/London, monday to thursday: '9:00-12:00, 13:00-17:30', friday: 8-12, saturday: 20:00-24:00}");

    private static OpeningHours hours(String table) {
        return HouseFile.parse("house: a\ngreeting: b\nhours: " + table, "test")
                .hours()
                .orElseThrow();
    }

    @Test
    void week_isSaidInGroupsOfDays() {
        assertThat(HOURS.sentence())
                .isEqualTo("We are open Monday to Thursday, from 9 am to noon and from 1 pm to 5:30 pm,"
                        + " and on Friday, from 8 am to noon, and on Saturday, from 8 pm to midnight."
                        + " We are closed on Sunday.");
    }

    @Test
    void otherWeeks_canBeSaid() {
        assertThat(hours("{monday to sunday: 0-24}").sentence()).isEqualTo("We are open Monday to Sunday, all day.");
        assertThat(hours("{sunday: closed}").sentence()).contains("closed from Monday");
        assertThat(hours("{friday - monday: 10-11}").sentence())
                .isEqualTo("We are open on Monday, from 10 am to 11 am, and Friday to Sunday, from 10 am to 11 am."
                        + " We are closed Tuesday to Thursday.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-23T09:00Z | Yes, we are open now. We close at noon.",
                "2026-11-23T12:00Z | No, we are closed now. We open today at 1 pm.",
                "2026-11-23T17:30Z | No, we are closed now. We open tomorrow at 9 am.",
                "2026-11-28T23:59Z | Yes, we are open now. We close at midnight.",
                "2026-11-27T12:00Z | No, we are closed now. We open tomorrow at 8 pm.",
                "2026-11-29T00:00Z | No, we are closed now. We open tomorrow at 9 am.",
                // Summer time: half past eight there.
                "2026-07-03T07:30Z | Yes, we are open now. We close at noon.",
            })
    void now_isByTheClockOfTheHouse(String moment, String told) {
        assertThat(HOURS.now(ZonedDateTime.parse(moment))).isEqualTo(told);
        assertThat(HOURS.sentences()).contains(told);
    }

    @Test
    void closedAllWeek_isNoEndlessSearch() {
        assertThat(hours("{sunday: closed}").now(ZonedDateTime.parse("2026-11-23T09:00Z")))
                .contains("closed");
    }

    @Test
    void day_isToldAlone() {
        assertThat(HOURS.sentence(DayOfWeek.SUNDAY)).isEqualTo("No, we are closed on Sunday.");
        assertThat(HOURS.sentence(DayOfWeek.FRIDAY)).isEqualTo("On Friday we are open, from 8 am to noon.");
    }

    @Test
    void day_isFoundInWords() {
        assertThat(SpokenDay.in("are you open on sundays", DayOfWeek.MONDAY)).contains(DayOfWeek.SUNDAY);
        assertThat(SpokenDay.in("and tomorrow", DayOfWeek.SUNDAY)).contains(DayOfWeek.MONDAY);
        assertThat(SpokenDay.in("on monday or tuesday", DayOfWeek.SUNDAY)).isEmpty();
        assertThat(SpokenDay.in("any day", DayOfWeek.SUNDAY)).isEmpty();
    }
}
