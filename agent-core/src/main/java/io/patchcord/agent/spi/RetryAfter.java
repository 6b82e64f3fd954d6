package io.patchcord.agent.spi;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a service that answers by HTTP says of when it wants to be asked again: its {@code Retry-After}, which is a number of
 * seconds or a date (RFC 9110, section 10.2.3).
 */
public final class RetryAfter {

    /** A wish for more is a mistake, and would leave the provider alone for good. */
    private static final Duration LONGEST = Duration.ofSeconds(999_999);

    /** All that section 5.6.7 has a recipient understand: today's, RFC 850's, and that of asctime. */
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            inGmt("EEEE, dd-MMM-yy HH:mm:ss 'GMT'"),
            inGmt("EEE MMM ppd HH:mm:ss yyyy"));

    private RetryAfter() {}

    private static DateTimeFormatter inGmt(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.US).withZone(ZoneOffset.UTC);
    }

    /**
     * How long to wait, by this clock; nothing if the date is past.
     *
     * @param header its value, null if there is none
     * @return empty if it says nothing that could be understood
     */
    public static Optional<Duration> of(@Nullable String header, Clock clock) {
        if (header == null) {
            return Optional.empty();
        }
        String value = header.strip();
        Optional<Duration> wait = value.matches("\\d{1,9}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
                : date(value).map(date -> until(date, clock.instant()));
        return wait.filter(each -> each.compareTo(LONGEST) <= 0);
    }

    private static Duration until(Instant date, Instant now) {
        return date.isBefore(now) ? Duration.ZERO : Duration.between(now, date);
    }

    private static Optional<Instant> date(String value) {
        for (DateTimeFormatter format : DATES) {
            try {
                return Optional.of(format.parse(value, Instant::from));
            } catch (DateTimeException e) {
                // One of the others, or none.
            }
        }
        return Optional.empty();
    }
}
