package io.patchcord.app;

import io.patchcord.app.config.Setting;
import io.patchcord.app.config.SettingCatalog;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/** One flag for every setting, on each command that reads the configuration; collects what was given. */
final class ConfigFlags {

    private final SettingCatalog catalog;
    private final Map<String, String> values = new LinkedHashMap<>();

    ConfigFlags(SettingCatalog catalog) {
        this.catalog = catalog;
    }

    /** The values of the flags that were given, by the names of their settings. */
    Map<String, String> values() {
        return values;
    }

    /** Adds the flags, under one heading for each section. */
    void addTo(CommandSpec command) {
        Map<String, ArgGroupSpec.Builder> sections = new LinkedHashMap<>();
        for (Setting<?> setting : catalog.settings()) {
            ArgGroupSpec.Builder section = sections.computeIfAbsent(
                    setting.section(),
                    title -> ArgGroupSpec.builder()
                            .heading("%n" + title + ":%n")
                            .exclusive(false)
                            .validate(false)
                            .multiplicity("0..1")
                            .order(sections.size()));
            if (!setting.secret()) {
                String description = setting.description() + " (" + setting.name() + defaultOf(setting) + ")";
                section.addArg(option(setting.flag(), setting.type().label(), setting.name(), description));
            }
            if (setting.fromFile()) {
                String description = setting.secret()
                        ? setting.description() + ", in a file (" + setting.fileName() + "); the value itself only as "
                                + setting.name()
                        : "The same, in a file (" + setting.fileName() + ")";
                section.addArg(option(setting.flag() + "-file", "FILE", setting.fileName(), description));
            }
        }
        sections.values().forEach(section -> command.addArgGroup(section.build()));
    }

    private static String defaultOf(Setting<?> setting) {
        return setting.defaultText().isEmpty() ? "" : ", default " + setting.defaultText();
    }

    private OptionSpec option(String flag, String label, String name, String description) {
        return OptionSpec.builder(flag)
                .type(String.class)
                .paramLabel(label)
                .description(description.replace("%", "%%"))
                .setter(new Collector(name))
                .build();
    }

    private final class Collector implements ISetter {

        private final String name;

        Collector(String name) {
            this.name = name;
        }

        @Override
        public <T> @Nullable T set(@Nullable T value) {
            if (value != null) {
                values.put(name, value.toString());
            }
            return null;
        }
    }
}
