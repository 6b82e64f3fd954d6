package io.patchcord.provider.openai;

import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Settings that are one of several words, or a duration within bounds. */
final class Choices {

    private Choices() {}

    /** The first of the words is the default. */
    static String one(ProviderConfig config, String name, List<String> words) {
        return optional(config, name, words).orElse(words.get(0));
    }

    static Optional<String> optional(ProviderConfig config, String name, List<String> words) {
        Optional<String> word = config.get(name).map(text -> text.toLowerCase(Locale.ROOT));
        if (word.isPresent() && !words.contains(word.get())) {
            throw new ProviderException(
                    Kind.CONFIGURATION,
                    name + "=" + word.get() + ": write "
                            + String.join(", ", words.subList(0, words.size() - 1))
                            + " or " + words.get(words.size() - 1));
        }
        return word;
    }

    static Duration duration(ProviderConfig config, String name, Duration usual, Duration least, Duration most) {
        Duration duration = config.duration(name, usual);
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw new ProviderException(
                    Kind.CONFIGURATION,
                    name + "=" + duration.toMillis() + "ms: write a duration from " + words(least) + " to "
                            + words(most));
        }
        return duration;
    }

    private static String words(Duration duration) {
        if (duration.toMillis() % 1000 != 0) {
            return duration.toMillis() + "ms";
        }
        return duration.toSeconds() % 60 != 0 || duration.isZero()
                ? duration.toSeconds() + "s"
                : duration.toMinutes() + "m";
    }
}
