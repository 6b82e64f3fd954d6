package io.patchcord.provider.local.dialogue;

import io.patchcord.provider.local.dialogue.OpeningHours.Span;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the opening hours of the receptionist's file. Confined to one thread. */
final class HoursTable {

    private static final String TIMEZONE = "timezone";
    private static final String DAYS_REMEDY = "write a day such as monday, or days such as monday to friday";
    private static final String SPAN_REMEDY = "write times such as 9:00-17:30, or 9:00-12:00, 13:00-17:00, or closed";
    private static final Pattern SPAN =
            Pattern.compile("(\\d{1,2})(?:[:.](\\d{2}))?\\s*(?:-|–|to)\\s*(\\d{1,2})(?:[:.](\\d{2}))?");

    private final FileProblems problems;
    private final Map<DayOfWeek, List<Span>> week = new EnumMap<>(DayOfWeek.class);

    private HoursTable(FileProblems problems) {
        this.problems = problems;
    }

    static OpeningHours read(Node node, FileProblems problems) {
        YamlMap table = YamlMap.of(node, "hours", problems);
        HoursTable hours = new HoursTable(problems);
        ZoneId zone = table.optional(TIMEZONE, "write a zone such as Europe/London")
                .map(text -> hours.zone(table, text))
                .orElse(ZoneId.systemDefault());
        for (String key : table.entries().keySet()) {
            if (!key.equals(TIMEZONE)) {
                hours.addDays(table, key);
            }
        }
        return new OpeningHours(zone, hours.week);
    }

    private ZoneId zone(YamlMap table, String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            problems.add(
                    table.key(TIMEZONE),
                    "'" + text + "' is no time zone",
                    "write one such as Europe/London, or leave it out");
            return ZoneId.systemDefault();
        }
    }

    private void addDays(YamlMap table, String key) {
        String[] ends = key.toLowerCase(Locale.ROOT).strip().split("\\s*(?:-|–|\\bto\\b)\\s*", -1);
        List<DayOfWeek> days = new ArrayList<>();
        for (String end : ends) {
            SpokenDay.named(end).ifPresent(days::add);
        }
        if (ends.length > 2 || days.size() != ends.length) {
            problems.add(table.key(key), "unknown day '" + key + "' in hours", DAYS_REMEDY);
            return;
        }
        Node where = table.key(key);
        List<Span> spans = spans(where, String.join(", ", table.texts(key, SPAN_REMEDY)));
        for (DayOfWeek day = days.get(0); ; day = day.plus(1)) {
            if (week.put(day, spans) != null) {
                problems.add(where, "the hours of " + OpeningHours.name(day) + " stand twice", "keep one of them");
            }
            if (day == days.get(days.size() - 1)) {
                return;
            }
        }
    }

    private List<Span> spans(Node where, String text) {
        if (text.isEmpty() || text.equalsIgnoreCase("closed")) {
            return List.of();
        }
        List<Span> spans = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = SPAN.matcher(part.strip());
            if (!matcher.matches()) {
                problems.add(where, "'" + part.strip() + "' are no opening hours", SPAN_REMEDY);
                return List.of();
            }
            try {
                add(where, spans, new Span(time(matcher, 1), endOfDay(time(matcher, 3))));
            } catch (DateTimeException e) {
                problems.add(where, "'" + part.strip() + "' has a time that no clock shows", SPAN_REMEDY);
            }
        }
        return spans;
    }

    private void add(Node where, List<Span> spans, Span span) {
        LocalTime earliest =
                spans.isEmpty() ? LocalTime.MIN : spans.get(spans.size() - 1).to();
        if (span.from().isBefore(earliest) || !span.from().isBefore(span.to())) {
            problems.add(
                    where,
                    "opening hours that end before they begin, or before those in front of them",
                    "write the times of a day in order, such as 9:00-12:00, 13:00-17:00, by the 24 hour clock");
            return;
        }
        spans.add(span);
    }

    private static LocalTime time(Matcher matcher, int group) {
        int hour = Integer.parseInt(matcher.group(group));
        int minute = matcher.group(group + 1) == null ? 0 : Integer.parseInt(matcher.group(group + 1));
        return hour == 24 && minute == 0 ? LocalTime.MAX : LocalTime.of(hour, minute);
    }

    private static LocalTime endOfDay(LocalTime time) {
        return time.equals(LocalTime.MIN) ? LocalTime.MAX : time;
    }
}
