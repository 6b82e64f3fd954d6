package io.patchcord.app.config;

import java.util.Locale;

/**
 * Something that can be configured: under its name in the environment, {@code .env} and YAML, and by a flag.
 *
 * @param name as in the environment, such as {@code AUDIOSOCKET_PORT}
 * @param flag such as {@code --audiosocket-port}
 * @param section heading in the help
 * @param description one sentence without a full stop
 * @param defaultText what holds when it is not set, empty if there is none
 * @param handling what is special about its value
 */
public record Setting<T>(
        String name,
        String flag,
        String section,
        String description,
        ValueType<T> type,
        String defaultText,
        Handling handling) {

    /** How a value may be given and shown. */
    public enum Handling {
        PLAIN,
        /** May be long, so that {@code NAME_FILE} can name a file that holds it. */
        LONG,
        /** Never shown, and no flag of its own, since command lines can be seen by all; {@code NAME_FILE} instead. */
        SECRET
    }

    static <T> Setting<T> of(String section, String name, ValueType<T> type, String defaultText, String description) {
        return new Setting<>(name, flagOf(name), section, description, type, defaultText, Handling.PLAIN);
    }

    Setting<T> withFlag(String otherFlag) {
        return new Setting<>(name, otherFlag, section, description, type, defaultText, handling);
    }

    Setting<T> withHandling(Handling other) {
        return new Setting<>(name, flag, section, description, type, defaultText, other);
    }

    public boolean secret() {
        return handling == Handling.SECRET;
    }

    /** Whether {@code NAME_FILE} is understood. */
    public boolean fromFile() {
        return handling != Handling.PLAIN;
    }

    public String fileName() {
        return name + "_FILE";
    }

    static String flagOf(String name) {
        return "--" + name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
