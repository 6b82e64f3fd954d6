package io.patchcord.app.config;

import java.util.Optional;

/**
 * One thing that is wrong with the configuration.
 *
 * @param name of the setting, as it was written; empty if the remedy says it
 * @param value as it was written, empty if it does not matter or must not be shown
 * @param place where it was set
 * @param remedy what is wrong and what to write instead
 */
public record ConfigProblem(String name, Optional<String> value, String place, String remedy) {

    static ConfigProblem of(ConfigEntry entry, String remedy) {
        return new ConfigProblem(entry.name(), Optional.empty(), entry.place(), remedy);
    }

    /** What somebody else found, who has said all there is to say: which setting, and what to write instead. */
    public static ConfigProblem told(String text) {
        return new ConfigProblem("", Optional.empty(), "", text);
    }

    @Override
    public String toString() {
        return name.isEmpty()
                ? remedy
                : name + value.map(text -> "=" + text).orElse("") + " (" + place + "): " + remedy;
    }
}
