package io.patchcord.provider.deepgram.agent;

import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Settings of kinds that {@link ProviderConfig} does not read itself. */
final class Values {

    private Values() {}

    static ProviderException bad(String message) {
        return new ProviderException(Kind.CONFIGURATION, message);
    }

    /** What stands between commas. */
    static List<String> list(ProviderConfig config, String name) {
        return config.get(name)
                .map(text -> Stream.of(text.split(","))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList())
                .orElse(List.of());
    }

    /** Empty if it is not set. */
    static OptionalDouble number(ProviderConfig config, String name, double min, double max) {
        return config.get(name).isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(config.number(name, min, min, max));
    }

    static Duration duration(ProviderConfig config, String name, Duration usual, Duration min, Duration max) {
        Duration value = config.duration(name, usual);
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw bad(name + "=" + value.toMillis() + "ms: write a duration from " + min.toMillis() + "ms to "
                    + max.toSeconds() + "s");
        }
        return value;
    }
}
