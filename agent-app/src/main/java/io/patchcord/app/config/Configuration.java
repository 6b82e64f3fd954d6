package io.patchcord.app.config;

import io.patchcord.agent.spi.ProviderConfig;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** All settings as they hold, checked, each with the place where it was set. Immutable, thread-safe. */
public final class Configuration {

    private final SettingCatalog catalog;
    private final Map<String, ConfigEntry> set;
    private final List<ConfigProblem> warnings;

    Configuration(SettingCatalog catalog, Map<String, ConfigEntry> set, List<ConfigProblem> warnings) {
        this.catalog = catalog;
        this.set = Map.copyOf(set);
        this.warnings = List.copyOf(warnings);
    }

    /** One line of the explanation. */
    public record Row(String name, String value, String place) {}

    /** The value of a setting that has a default. */
    public <T> T get(Setting<T> setting) {
        return find(setting)
                .orElseThrow(() -> new IllegalArgumentException(setting.name() + " has no default: use find"));
    }

    /** The value of the setting, or its default, if there is either. */
    public <T> Optional<T> find(Setting<T> setting) {
        String text = set.containsKey(setting.name()) ? set.get(setting.name()).value() : setting.defaultText();
        return text.isEmpty() ? Optional.empty() : Optional.of(setting.type().parse(text));
    }

    /** Everything that was set, for the providers. */
    public ProviderConfig forProviders() {
        Map<String, String> values = new LinkedHashMap<>();
        set.forEach((name, entry) -> values.put(name, entry.value()));
        return ProviderConfig.of(values);
    }

    /** Where the setting was set, such as {@code .env:4}; "default" if it was not. */
    public String place(String name) {
        return Optional.ofNullable(set.get(name)).map(ConfigEntry::place).orElse("default");
    }

    /** A message that names settings, with the places where these were set. */
    public String withPlaces(String message) {
        String places = set.values().stream()
                .filter(entry -> Pattern.compile("\\b" + entry.name() + "\\b")
                        .matcher(message)
                        .find())
                .map(entry -> entry.name() + ": " + entry.place())
                .collect(Collectors.joining("; "));
        return places.isEmpty() ? message : message + " (" + places + ")";
    }

    /** What to throw when a value turns out not to work; shows the value unless it is secret. */
    public ConfigException unusable(Setting<?> setting, String remedy) {
        Optional<String> value = setting.secret()
                ? Optional.empty()
                : Optional.of(
                        set.containsKey(setting.name())
                                ? set.get(setting.name()).value()
                                : setting.defaultText());
        return new ConfigException(List.of(new ConfigProblem(setting.name(), value, place(setting.name()), remedy)));
    }

    /** What looks like a slip, but need not be one. */
    public List<ConfigProblem> warnings() {
        return warnings;
    }

    /** Every setting with its value and place, secrets hidden. */
    public List<Row> explain() {
        Collection<Setting<?>> settings = catalog.settings();
        return settings.stream().map(this::row).toList();
    }

    private Row row(Setting<?> setting) {
        ConfigEntry entry = set.get(setting.name());
        if (entry == null) {
            return new Row(
                    setting.name(), setting.defaultText(), setting.defaultText().isEmpty() ? "not set" : "default");
        }
        return new Row(setting.name(), setting.secret() ? "(hidden)" : entry.value(), entry.place());
    }
}
