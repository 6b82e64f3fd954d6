package io.patchcord.agent.spi;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The settings as a provider sees them: by their environment names, whatever source they came from. Blank counts as not
 * set. Immutable.
 */
public final class ProviderConfig {

    private final Map<String, String> values;
    private final @Nullable Consumer<String> mistakes;
    private final boolean hasStandIn;

    private ProviderConfig(Map<String, String> values, @Nullable Consumer<String> mistakes, boolean hasStandIn) {
        this.values = Map.copyOf(values);
        this.mistakes = mistakes;
        this.hasStandIn = hasStandIn;
    }

    /** Settings of which the first that makes no sense is thrown. */
    public static ProviderConfig of(Map<String, String> values) {
        return new ProviderConfig(values, null, false);
    }

    /**
     * The same settings, for whoever wants to tell all mistakes at once: a value that makes no sense is told to the receiver,
     * and the default is taken in its place. What is made with them must not be used if there was one. A setting that is
     * missing is thrown nevertheless, as nothing could be taken in its place.
     *
     * @param mistakes told what is wrong with which setting, and what to write instead, on the thread that asks for it
     */
    public ProviderConfig reporting(Consumer<String> mistakes) {
        return new ProviderConfig(values, mistakes, hasStandIn);
    }

    /** The same settings, for a provider of which another takes over the calls that it cannot go on with. */
    public ProviderConfig withStandIn() {
        return new ProviderConfig(values, mistakes, true);
    }

    /**
     * Whether another provider takes over when a session of this one fails, be it of a whole conversation or of a part: then
     * it should fail soon after it was lost, rather than let the caller wait while it is tried to be reached again and again.
     */
    public boolean hasStandIn() {
        return hasStandIn;
    }

    public Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key)).map(String::strip).filter(value -> !value.isEmpty());
    }

    public String get(String key, String defaultValue) {
        return get(key).orElse(defaultValue);
    }

    /**
     * A setting that must be there.
     *
     * @throws ProviderException of kind CONFIGURATION that names the setting
     */
    public String require(String key) {
        return get(key).orElseThrow(() -> bad(key + " is not set; set it in the environment or in .env"));
    }

    /**
     * A whole number, or the default if it is not set.
     *
     * @throws ProviderException of kind CONFIGURATION if it is no whole number within the bounds
     */
    public int integer(String key, int defaultValue, int min, int max) {
        Optional<String> text = get(key);
        if (text.isEmpty()) {
            return defaultValue;
        }
        try {
            int value = Integer.parseInt(text.get());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, together with a number that is out of bounds.
        }
        return instead(defaultValue, key + "=" + text.get() + ": write a whole number from " + min + " to " + max);
    }

    /**
     * A number, or the default if it is not set.
     *
     * @throws ProviderException of kind CONFIGURATION if it is no number within the bounds
     */
    public double number(String key, double defaultValue, double min, double max) {
        Optional<String> text = get(key);
        if (text.isEmpty()) {
            return defaultValue;
        }
        try {
            double value = Double.parseDouble(text.get());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, together with a number that is out of bounds.
        }
        return instead(defaultValue, key + "=" + text.get() + ": write a number from " + min + " to " + max);
    }

    /** A duration such as {@code 250ms}, {@code 5s}, {@code 2m} or {@code PT5S}; a bare number means milliseconds. */
    public Duration duration(String key, Duration defaultValue) {
        return get(key).map(text -> parseDuration(key, text, defaultValue)).orElse(defaultValue);
    }

    public boolean flag(String key, boolean defaultValue) {
        Optional<String> text = get(key);
        if (text.isEmpty()) {
            return defaultValue;
        }
        return switch (text.get().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> instead(defaultValue, key + "=" + text.get() + ": write true or false");
        };
    }

    private Duration parseDuration(String key, String text, Duration defaultValue) {
        try {
            String lower = text.toLowerCase(Locale.ROOT);
            if (lower.startsWith("p")) {
                return Duration.parse(text);
            }
            if (lower.endsWith("ms")) {
                return Duration.ofMillis(
                        Long.parseLong(lower.substring(0, lower.length() - 2).strip()));
            }
            if (lower.endsWith("s")) {
                return Duration.ofSeconds(
                        Long.parseLong(lower.substring(0, lower.length() - 1).strip()));
            }
            if (lower.endsWith("m")) {
                return Duration.ofMinutes(
                        Long.parseLong(lower.substring(0, lower.length() - 1).strip()));
            }
            return Duration.ofMillis(Long.parseLong(lower));
        } catch (NumberFormatException | DateTimeParseException e) {
            return instead(defaultValue, key + "=" + text + ": write a duration such as 250ms, 5s or 2m");
        }
    }

    private <T> T instead(T defaultValue, String mistake) {
        if (mistakes == null) {
            throw bad(mistake);
        }
        mistakes.accept(mistake);
        return defaultValue;
    }

    private static ProviderException bad(String message) {
        return new ProviderException(ProviderException.Kind.CONFIGURATION, message);
    }

    /** Names of the settings only, since values may be secrets. */
    @Override
    public String toString() {
        return "ProviderConfig" + values.keySet();
    }
}
