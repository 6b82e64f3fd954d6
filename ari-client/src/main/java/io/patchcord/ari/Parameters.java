package io.patchcord.ari;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of one request under the names that Asterisk gives them, in the order in which they were set. */
final class Parameters {

    private final Map<String, Object> values = new LinkedHashMap<>();

    /** Sets a text; an empty one counts as not given. */
    Parameters text(String name, String value) {
        if (value.isEmpty()) {
            values.remove(name);
        } else {
            values.put(name, value);
        }
        return this;
    }

    Parameters number(String name, long value) {
        values.put(name, value);
        return this;
    }

    Parameters flag(String name, boolean value) {
        values.put(name, value);
        return this;
    }

    Parameters list(String name, Collection<String> value) {
        values.put(name, List.copyOf(value));
        return this;
    }

    Parameters map(String name, Map<String, String> value) {
        if (!value.isEmpty()) {
            values.put(name, immutable(value));
        }
        return this;
    }

    /** Whole seconds, rounded up, as no request knows finer ones. */
    Parameters seconds(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " is negative: " + value);
        }
        return number(name, value.plusMillis(999).toSeconds());
    }

    Parameters millis(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " is negative: " + value);
        }
        return number(name, value.toMillis());
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    boolean is(String name, String value) {
        return value.equals(values.get(name));
    }

    Map<String, Object> toMap() {
        return immutable(values);
    }

    static <V> Map<String, V> immutable(Map<String, V> values) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** A value without which the request makes no sense. */
    static String required(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is empty");
        }
        return value;
    }
}
