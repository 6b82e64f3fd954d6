package io.patchcord.provider.local.dialogue;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** When the house is open in a week, and how one says so. Immutable. */
final class OpeningHours {

    private final ZoneId zone;
    private final Map<DayOfWeek, List<Span>> week = new EnumMap<>(DayOfWeek.class);

    /**
     * From one time of a day to a later one.
     *
     * @param to the end of the day is 23:59:59.999999999, {@link LocalTime#MAX}
     */
    record Span(LocalTime from, LocalTime to) {}

    /** Days that are not in the week are closed; the spans of a day are in order and apart. */
    OpeningHours(ZoneId zone, Map<DayOfWeek, List<Span>> week) {
        this.zone = zone;
        for (DayOfWeek day : DayOfWeek.values()) {
            this.week.put(day, List.copyOf(week.getOrDefault(day, List.of())));
        }
    }

    ZoneId zone() {
        return zone;
    }

    /** The whole week. */
    String sentence() {
        List<String> open = new ArrayList<>();
        List<String> closed = new ArrayList<>();
        int from = 1;
        while (from <= 7) {
            int to = from;
            while (to < 7 && spans(to + 1).equals(spans(from))) {
                to++;
            }
            if (spans(from).isEmpty()) {
                closed.add(days(from, to));
            } else {
                open.add(days(from, to) + ", " + times(spans(from)));
            }
            from = to + 1;
        }
        if (open.isEmpty()) {
            return "We are closed from Monday to Sunday. We do not open at present.";
        }
        String sentence = "We are open " + open.get(0);
        for (String more : open.subList(1, open.size())) {
            sentence += ", and " + more;
        }
        return sentence + "." + (closed.isEmpty() ? "" : " We are closed " + String.join(" and ", closed) + ".");
    }

    /** One day of it. */
    String sentence(DayOfWeek day) {
        List<Span> spans = week(day);
        return spans.isEmpty()
                ? "No, we are closed on " + name(day) + "."
                : "On " + name(day) + " we are open, " + times(spans) + ".";
    }

    /** Whether it is open at this moment, and until when or from when on. */
    String now(ZonedDateTime moment) {
        ZonedDateTime here = moment.withZoneSameInstant(zone);
        LocalTime time = here.toLocalTime();
        for (Span span : week(here.getDayOfWeek())) {
            if (!time.isBefore(span.from()) && time.isBefore(span.to())) {
                return openUntil(span.to());
            }
        }
        for (int days = 0; days <= 7; days++) {
            DayOfWeek day = here.getDayOfWeek().plus(days);
            for (Span span : week(day)) {
                if (days > 0 || span.from().isAfter(time)) {
                    return closedUntil(dayWord(days, day), span.from());
                }
            }
        }
        return sentence();
    }

    /** Every sentence that can come from here. */
    Set<String> sentences() {
        Set<String> all = new LinkedHashSet<>();
        all.add(sentence());
        for (DayOfWeek day : DayOfWeek.values()) {
            all.add(sentence(day));
            for (Span span : week(day)) {
                all.add(openUntil(span.to()));
                all.add(closedUntil("today", span.from()));
                all.add(closedUntil("tomorrow", span.from()));
                all.add(closedUntil(dayWord(2, day), span.from()));
            }
        }
        return all;
    }

    private static String openUntil(LocalTime end) {
        return "Yes, we are open now. We close at " + time(end) + ".";
    }

    private static String closedUntil(String day, LocalTime start) {
        return "No, we are closed now. We open " + day + " at " + time(start) + ".";
    }

    private static String dayWord(int days, DayOfWeek day) {
        return days == 0 ? "today" : days == 1 ? "tomorrow" : "on " + name(day);
    }

    private List<Span> spans(int day) {
        return week(DayOfWeek.of(day));
    }

    private List<Span> week(DayOfWeek day) {
        return week.getOrDefault(day, List.of());
    }

    private static String days(int from, int to) {
        String first = name(DayOfWeek.of(from));
        String last = name(DayOfWeek.of(to));
        return from == to ? "on " + first : from + 1 == to ? "on " + first + " and " + last : first + " to " + last;
    }

    private static String times(List<Span> spans) {
        if (spans.equals(List.of(new Span(LocalTime.MIN, LocalTime.MAX)))) {
            return "all day";
        }
        List<String> texts = spans.stream()
                .map(span -> "from " + time(span.from()) + " to " + time(span.to()))
                .toList();
        return String.join(" and ", texts);
    }

    static String name(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    private static String time(LocalTime time) {
        if (time.equals(LocalTime.MIN) || time.equals(LocalTime.MAX)) {
            return "midnight";
        }
        if (time.equals(LocalTime.NOON)) {
            return "noon";
        }
        int hour = (time.getHour() + 11) % 12 + 1;
        String minutes = time.getMinute() == 0 ? "" : String.format(Locale.ROOT, ":%02d", time.getMinute());
        return hour + minutes + (time.getHour() < 12 ? " am" : " pm");
    }
}
