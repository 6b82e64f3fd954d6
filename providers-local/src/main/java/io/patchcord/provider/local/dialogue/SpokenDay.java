package io.patchcord.provider.local.dialogue;

import java.time.DayOfWeek;
import java.util.Locale;
import java.util.Optional;

/** Days of the week in what people say and write. Stateless. */
final class SpokenDay {

    private SpokenDay() {}

    /** The day of this name, in full or by its first letters, at least three of them. */
    static Optional<DayOfWeek> named(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (name.length() >= 3 && day.name().startsWith(name)) {
                return Optional.of(day);
            }
        }
        return Optional.empty();
    }

    /** The only day that the caller names; nothing if there is none, or if there are several. */
    static Optional<DayOfWeek> in(String words, DayOfWeek today) {
        DayOfWeek found = null;
        for (String word : words.split(" ", -1)) {
            Optional<DayOfWeek> day = day(word, today);
            if (day.isPresent() && found != null && found != day.get()) {
                return Optional.empty();
            }
            found = day.orElse(found);
        }
        return Optional.ofNullable(found);
    }

    private static Optional<DayOfWeek> day(String word, DayOfWeek today) {
        return switch (word) {
            case "today" -> Optional.of(today);
            case "tomorrow" -> Optional.of(today.plus(1));
            default -> {
                String singular = word.endsWith("days") ? word.substring(0, word.length() - 1) : word;
                yield singular.endsWith("day") ? named(singular) : Optional.empty();
            }
        };
    }
}
