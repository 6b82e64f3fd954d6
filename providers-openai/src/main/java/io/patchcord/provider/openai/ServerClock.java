package io.patchcord.provider.openai;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** What time a server has: its own word for it where it gives one, since clocks differ. */
final class ServerClock {

    private ServerClock() {}

    /** Seconds since 1970 of the {@code Date} header of HTTP; by our own clock if there is none. */
    static long secondsFrom(String dateHeader) {
        try {
            return ZonedDateTime.parse(dateHeader, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toEpochSecond();
        } catch (DateTimeParseException e) {
            return Instant.now().getEpochSecond();
        }
    }
}
