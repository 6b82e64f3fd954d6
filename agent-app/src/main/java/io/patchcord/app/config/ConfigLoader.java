package io.patchcord.app.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings the sources together: flags over environment over {@code .env} over YAML over defaults. All that is wrong is
 * reported at once. Used for one load.
 */
public final class ConfigLoader {

    private static final String ENVIRONMENT = "environment";

    private final SettingCatalog catalog;
    private final Map<String, String> environment;
    private final Path directory;
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final List<ConfigProblem> warnings = new ArrayList<>();

    /**
     * @param environment such as {@link System#getenv()}
     * @param directory against which the names of files are resolved
     */
    public ConfigLoader(SettingCatalog catalog, Map<String, String> environment, Path directory) {
        this.catalog = catalog;
        this.environment = Map.copyOf(environment);
        this.directory = directory;
    }

    /**
     * Reads all sources.
     *
     * @param flags the values of flags by the names of their settings
     * @throws ConfigException if anything is wrong
     */
    public Configuration load(Map<String, String> flags) {
        List<Map<String, ConfigEntry>> layers = new ArrayList<>(List.of(flagLayer(flags), environmentLayer()));
        layers.add(dotEnvLayer(layers));
        layers.add(yamlLayer(layers));

        Map<String, ConfigEntry> set = new LinkedHashMap<>();
        for (Setting<?> setting : catalog.settings()) {
            ConfigEntry entry = first(layers, setting);
            if (entry != null && isValid(setting, entry)) {
                set.put(setting.name(), entry);
            }
        }
        Configuration configuration = new Configuration(catalog, set, warnings);
        problems.addAll(Consistency.check(configuration, catalog.providers()));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return configuration;
    }

    private Map<String, ConfigEntry> flagLayer(Map<String, String> flags) {
        List<ConfigEntry> entries = new ArrayList<>();
        flags.forEach((name, value) -> entries.add(new ConfigEntry(name, value, "flag " + flagOf(name))));
        return byName(entries);
    }

    private String flagOf(String name) {
        return catalog.find(name)
                .filter(setting -> setting.name().equals(name))
                .map(Setting::flag)
                .orElseGet(() -> Setting.flagOf(name));
    }

    private Map<String, ConfigEntry> environmentLayer() {
        List<ConfigEntry> entries = new ArrayList<>();
        environment.forEach((name, value) -> {
            ConfigEntry entry = new ConfigEntry(name, value, ENVIRONMENT);
            entries.add(entry);
            catalog.complaintInEnvironment(name)
                    .ifPresent(complaint -> warnings.add(ConfigProblem.of(entry, complaint)));
        });
        return byName(entries);
    }

    private Map<String, ConfigEntry> dotEnvLayer(List<Map<String, ConfigEntry>> above) {
        return file(above, AppSettings.ENV_FILE, ".env")
                .map(file -> DotEnv.parse(file.text, file.name, environment, problems))
                .map(entries -> checked(entries, AppSettings.ENV_FILE))
                .orElse(Map.of());
    }

    private Map<String, ConfigEntry> yamlLayer(List<Map<String, ConfigEntry>> above) {
        return file(above, AppSettings.CONFIG_FILE, "patchcord.yaml")
                .map(file -> YamlFile.parse(file.text, file.name, problems).stream()
                        .map(entry -> new ConfigEntry(catalog.canonical(entry.name()), entry.value(), entry.place()))
                        .toList())
                .map(entries -> checked(entries, AppSettings.CONFIG_FILE))
                .orElse(Map.of());
    }

    private Map<String, ConfigEntry> checked(List<ConfigEntry> entries, Setting<Path> itself) {
        for (ConfigEntry entry : entries) {
            Optional<String> complaint = entry.name().equals(itself.name())
                    ? Optional.of("a file cannot name itself; use the flag " + itself.flag() + " or the environment")
                    : catalog.complaintInFile(entry.name());
            complaint.ifPresent(text -> problems.add(ConfigProblem.of(entry, text)));
        }
        return byName(entries);
    }

    /** Blank counts as not set. */
    private static Map<String, ConfigEntry> byName(List<ConfigEntry> entries) {
        Map<String, ConfigEntry> byName = new LinkedHashMap<>();
        for (ConfigEntry entry : entries) {
            if (!entry.value().isBlank()) {
                byName.put(entry.name(), entry);
            }
        }
        return byName;
    }

    private record NamedText(String name, String text) {}

    private Optional<NamedText> file(List<Map<String, ConfigEntry>> above, Setting<Path> setting, String usualName) {
        ConfigEntry chosen = first(above, setting);
        if (chosen == null && !Files.exists(directory.resolve(usualName))) {
            return Optional.empty();
        }
        ConfigEntry entry = chosen != null ? chosen : new ConfigEntry(usualName, usualName, "working directory");
        return read(entry).map(text -> new NamedText(entry.value(), text));
    }

    private @Nullable ConfigEntry first(List<Map<String, ConfigEntry>> layers, Setting<?> setting) {
        for (Map<String, ConfigEntry> layer : layers) {
            ConfigEntry value = layer.get(setting.name());
            ConfigEntry file = setting.fromFile() ? layer.get(setting.fileName()) : null;
            if (value != null && file != null) {
                problems.add(ConfigProblem.of(value, "is set together with " + file.name() + "; keep one of them"));
            }
            if (value != null) {
                return new ConfigEntry(value.name(), value.value().strip(), value.place());
            }
            if (file != null) {
                return read(file)
                        .map(text -> new ConfigEntry(setting.name(), text.strip(), file.value() + ", " + file.place()))
                        .orElse(null);
            }
        }
        return null;
    }

    private boolean isValid(Setting<?> setting, ConfigEntry entry) {
        try {
            setting.type().parse(entry.value());
            return true;
        } catch (IllegalArgumentException e) {
            Optional<String> shown = setting.secret() ? Optional.empty() : Optional.of(entry.value());
            problems.add(new ConfigProblem(setting.name(), shown, entry.place(), String.valueOf(e.getMessage())));
            return false;
        }
    }

    private Optional<String> read(ConfigEntry entry) {
        try {
            return Optional.of(Files.readString(directory.resolve(entry.value())));
        } catch (NoSuchFileException e) {
            cannotRead(entry, "there is no such file");
        } catch (CharacterCodingException e) {
            cannotRead(entry, "the file is not in UTF-8");
        } catch (IOException | InvalidPathException e) {
            cannotRead(entry, "the file cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        return Optional.empty();
    }

    private void cannotRead(ConfigEntry entry, String reason) {
        problems.add(new ConfigProblem(entry.name(), Optional.of(entry.value()), entry.place(), reason));
    }
}
