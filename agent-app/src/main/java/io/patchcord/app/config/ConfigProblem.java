package io.patchcord.app.config;

import java.util.Optional;

/**
 * One thing that is wrong with the configuration.
 *
 * @param name of the setting, as it was written
 * @param value as it was written, empty if it does not matter or must not be shown
 * @param place where it was set
 * @param remedy what is wrong and what to write instead
 */
public record ConfigProblem(String name, Optional<String> value, String place, String remedy) {

    static ConfigProblem of(ConfigEntry entry, String remedy) {
        return new ConfigProblem(entry.name(), Optional.empty(), entry.place(), remedy);
    }

    @Override
    public String toString() {
        return name + value.map(text -> "=" + text).orElse("") + " (" + place + "): " + remedy;
    }
}
