package io.patchcord.app.config;

/**
 * A name with a value, as some source has it.
 *
 * @param place where it stands, for a person: {@code .env:4}, {@code environment}, {@code flag --provider}
 */
record ConfigEntry(String name, String value, String place) {}
