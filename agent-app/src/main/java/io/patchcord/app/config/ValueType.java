package io.patchcord.app.config;

import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.audiosocket.AudioSocketServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * What may be written for a setting.
 *
 * @param label stands for the value in the help, such as {@code PORT}
 * @param parser throws an {@link IllegalArgumentException} that says what to write instead
 */
public record ValueType<T>(String label, Function<String, T> parser) {

    public static final ValueType<String> TEXT = new ValueType<>("TEXT", text -> text);
    public static final ValueType<Path> FILE = new ValueType<>("FILE", Path::of);
    public static final ValueType<String> HOST = new ValueType<>("HOST", ValueType::parseHost);
    public static final ValueType<Integer> PORT =
            integer("PORT", 0, 65_535, "a port from 1 to 65535, or 0 for any that is free");
    public static final ValueType<Duration> DURATION = new ValueType<>("DURATION", ValueType::parseDuration);
    public static final ValueType<Duration> POSITIVE_DURATION =
            new ValueType<>("DURATION", ValueType::parsePositiveDuration);
    public static final ValueType<String> HOST_AND_PORT = new ValueType<>("HOST:PORT", ValueType::parseHostAndPort);
    public static final ValueType<List<String>> ADDRESS_BLOCKS =
            new ValueType<>("A,B,…", ValueType::parseAddressBlocks);
    public static final ValueType<Boolean> FLAG = new ValueType<>("true|false", ValueType::parseFlag);
    public static final ValueType<List<String>> LIST = new ValueType<>("A,B,…", ValueType::parseList);

    public static ValueType<Integer> integer(String label, int min, int max) {
        return integer(label, min, max, "a whole number from " + min + " to " + max);
    }

    private static ValueType<Integer> integer(String label, int min, int max, String what) {
        return new ValueType<>(label, text -> {
            try {
                int value = Integer.parseInt(text);
                if (value >= min && value <= max) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // Told below, together with a number that is out of bounds.
            }
            throw new IllegalArgumentException("write " + what);
        });
    }

    /** One of a few words, in lower case. */
    public static ValueType<String> choice(List<String> words) {
        return new ValueType<>(words.isEmpty() ? "NAME" : String.join("|", words), text -> {
            String word = text.toLowerCase(Locale.ROOT);
            if (words.contains(word)) {
                return word;
            }
            throw new IllegalArgumentException("write " + NearMiss.alternatives(word, words));
        });
    }

    /** The value, or the reason why it is none. */
    public T parse(String text) {
        return parser.apply(text);
    }

    private static String parseHost(String text) {
        if (text.contains("/") || text.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("write a host name or an IP address alone, without a scheme or a path");
        }
        return text;
    }

    private static Duration parseDuration(String text) {
        try {
            Duration value = ProviderConfig.of(Map.of("d", text)).duration("d", Duration.ZERO);
            if (!value.isNegative()) {
                return value;
            }
        } catch (ProviderException e) {
            // Told below, together with a negative one.
        }
        throw new IllegalArgumentException("write a duration such as 250ms, 5s or 2m");
    }

    private static Duration parsePositiveDuration(String text) {
        Duration value = parseDuration(text);
        if (value.isZero()) {
            throw new IllegalArgumentException("write a duration of more than nothing, such as 30m");
        }
        return value;
    }

    private static String parseHostAndPort(String text) {
        if (!text.matches("([^\\s/:\\[\\]]+|\\[[0-9a-fA-F:.]+]):[0-9]{1,5}")) {
            throw new IllegalArgumentException("write HOST:PORT, such as 10.0.0.5:8090 or [fd00::5]:8090");
        }
        return text;
    }

    /** The codec knows best what it takes. */
    private static List<String> parseAddressBlocks(String text) {
        List<String> blocks = parseList(text);
        AudioSocketServer.Builder checked = AudioSocketServer.builder();
        blocks.forEach(checked::allow);
        return blocks;
    }

    private static Boolean parseFlag(String text) {
        try {
            return ProviderConfig.of(Map.of("f", text)).flag("f", false);
        } catch (ProviderException e) {
            throw new IllegalArgumentException("write true or false", e);
        }
    }

    private static List<String> parseList(String text) {
        return Arrays.stream(text.split("[,\\s]+"))
                .filter(item -> !item.isEmpty())
                .toList();
    }
}
