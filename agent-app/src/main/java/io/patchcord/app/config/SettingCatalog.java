package io.patchcord.app.config;

import io.patchcord.agent.spi.Provider;
import io.patchcord.agent.spi.Providers;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every setting that this jar knows, those of its providers included. Immutable. */
public final class SettingCatalog {

    /** Only one of our own can have meant something that begins like this. */
    private static final List<String> OUR_PREFIXES = List.of("PATCHCORD_", "AUDIOSOCKET_", "ASTERISK_ARI_");

    /** May stand in a {@code .env} file beside our settings, for others. */
    private static final List<String> FOREIGN_PREFIXES = List.of("COMPOSE_", "DOCKER_", "JAVA_", "TZ");

    private final ProviderSettings providers;
    private final Set<String> providerNames;
    private final Map<String, Setting<?>> byName = new LinkedHashMap<>();
    private final Map<String, Setting<?>> byAnyName = new LinkedHashMap<>();

    public SettingCatalog(Providers providers) {
        this.providers = new ProviderSettings(providers);
        this.providerNames = providers.all().stream().map(Provider::name).collect(Collectors.toSet());
        Stream.concat(this.providers.all(), AppSettings.all().stream()).forEach(this::add);
    }

    private void add(Setting<?> setting) {
        byName.putIfAbsent(setting.name(), setting);
        byAnyName.putIfAbsent(setting.name(), setting);
        if (setting.fromFile()) {
            byAnyName.putIfAbsent(setting.fileName(), setting);
        }
    }

    public ProviderSettings providers() {
        return providers;
    }

    public Collection<Setting<?>> settings() {
        return byName.values();
    }

    /** The setting of that name, or whose file it names. */
    Optional<Setting<?>> find(String name) {
        return Optional.ofNullable(byAnyName.get(name));
    }

    /** The name to take a YAML name for: {@code PROVIDER} means what {@code --provider} means. */
    String canonical(String yamlName) {
        if (byAnyName.containsKey(yamlName)) {
            return yamlName;
        }
        String flag = Setting.flagOf(yamlName);
        return byName.values().stream()
                .filter(setting -> setting.flag().equals(flag))
                .map(Setting::name)
                .findFirst()
                .orElse(yamlName);
    }

    /** What to say of a name that is not known in a file of ours; empty if it may be somebody else's. */
    Optional<String> complaintInFile(String name) {
        if (find(name).isPresent() || FOREIGN_PREFIXES.stream().anyMatch(name::startsWith) || ofAbsentProvider(name)) {
            return Optional.empty();
        }
        return Optional.of(guess(name).orElse("there is no such setting; remove it, or see --help for all names"));
    }

    /** The same for the environment, which is full of other programs' names: only what looks like a slip. */
    Optional<String> complaintInEnvironment(String name) {
        if (find(name).isPresent() || ofAbsentProvider(name)) {
            return Optional.empty();
        }
        return guess(name)
                .or(() -> OUR_PREFIXES.stream().anyMatch(name::startsWith)
                        ? Optional.of("there is no such setting")
                        : Optional.empty());
    }

    private Optional<String> guess(String name) {
        return NearMiss.of(name.toUpperCase(Locale.ROOT), byAnyName.keySet())
                .map(known -> "there is no such setting; did you mean " + known + "?");
    }

    /** A setting of a provider of ours that another jar holds: one {@code .env} serves all jars. */
    private boolean ofAbsentProvider(String name) {
        return ProviderNames.OURS.stream()
                .anyMatch(
                        ours -> name.startsWith(ours.toUpperCase(Locale.ROOT) + "_") && !providerNames.contains(ours));
    }
}
