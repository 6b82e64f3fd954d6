package io.patchcord.agent.spi;

/**
 * A setting of a provider, under the name it has in the environment.
 *
 * @param name such as {@code OPENAI_API_KEY}
 * @param description one line for {@code --help} and the documentation
 * @param defaultValue what holds when it is not set, empty if there is none
 * @param secret whether its value must never be shown
 */
public record ConfigKey(String name, String description, String defaultValue, boolean secret) {

    public static ConfigKey of(String name, String description, String defaultValue) {
        return new ConfigKey(name, description, defaultValue, false);
    }

    public static ConfigKey secret(String name, String description) {
        return new ConfigKey(name, description, "", true);
    }
}
