package io.patchcord.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.Providers;
import io.patchcord.app.config.ConfigLoader;
import io.patchcord.app.config.Setting;
import io.patchcord.app.config.SettingCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written about settings is true. */
class DocumentationTest {

    private static final Path README = Path.of("README.md");
    private static final Path EXAMPLE = Path.of(".env.example");

    private final SettingCatalog catalog = new SettingCatalog(Providers.onClassPath());

    @TempDir
    Path directory;

    @Test
    void readme_hasEverySettingButThoseOfProviders_withItsDefault() throws IOException {
        List<String> rows = Files.readAllLines(README).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();

        for (Setting<?> setting : ownSettings().toList()) {
            assertThat(rows).as(setting.name()).anyMatch(row -> row.contains("`" + setting.name() + "`"));
            String row = rows.stream()
                    .filter(each -> each.contains("`" + setting.name() + "`"))
                    .findFirst()
                    .orElseThrow();
            if (!setting.defaultText().isEmpty() && !setting.name().equals("AI_PROVIDER")) {
                assertThat(row).as(setting.name()).contains("`" + setting.defaultText() + "`");
            }
            if (!setting.flag()
                    .equals("--"
                            + setting.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'))) {
                assertThat(row).as(setting.name()).contains("(`" + setting.flag() + "`)");
            }
        }
    }

    @Test
    void readme_namesNoSettingThatThereIsNot() throws IOException {
        List<String> known = catalog.settings().stream()
                .flatMap(setting -> Stream.of(setting.name(), setting.fileName()))
                .toList();
        String settings = Files.readString(README).replaceAll("(?s)^.*## Settings|## Health.*$", "");

        assertThat(Pattern.compile("`([A-Z]+(?:_[A-Z]+)+)`").matcher(settings).results())
                .isNotEmpty()
                .allSatisfy(match -> assertThat(known).contains(match.group(1)));
    }

    @Test
    void example_canBeUsedAsItIs_whateverLineIsTaken() throws IOException {
        List<String> lines = Files.readAllLines(EXAMPLE).stream()
                .filter(line -> line.matches("#[A-Z_]+=.*"))
                .map(line -> line.substring(1))
                .filter(line -> !line.contains("_FILE=") && !line.startsWith("AI_PROVIDER="))
                .toList();
        Files.write(directory.resolve(".env"), lines);

        var configuration = new ConfigLoader(catalog, Map.of("AI_PROVIDER", "parrot"), directory).load(Map.of());

        assertThat(lines).hasSizeGreaterThan(15);
        for (String line : lines) {
            String name = line.substring(0, line.indexOf('='));
            assertThat(configuration.place(name)).startsWith(".env:");
        }
    }

    @Test
    void threeInstances_haveWhatTheyNeed_andNothingInCommon() throws IOException {
        List<Map<String, String>> instances = new ArrayList<>();
        for (String name : List.of("deepgram", "openai", "local")) {
            Path file = Path.of("../examples/instances/.env." + name).toAbsolutePath();
            Map<String, String> values = new HashMap<>();
            for (String line : Files.readAllLines(file)) {
                if (line.matches("[A-Z_]+=.*")) {
                    values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
                }
            }
            assertThat(values).containsEntry("AI_PROVIDER", name);
            // The provider that the tests have stands for those that other jars hold.
            new ConfigLoader(catalog, Map.of("AI_PROVIDER", "parrot"), directory)
                    .load(Map.of("PATCHCORD_ENV_FILE", file.toString()));
            instances.add(values);
        }

        for (String own :
                List.of("ASTERISK_APP_NAME", "ASTERISK_ARI_USERNAME", "AUDIOSOCKET_PORT", "HEALTH_PORT", "GREETING")) {
            assertThat(instances)
                    .extracting(values -> values.get(own))
                    .doesNotContainNull()
                    .doesNotHaveDuplicates();
        }
    }

    private Stream<Setting<?>> ownSettings() {
        return catalog.settings().stream().filter(setting -> !setting.section().startsWith("Provider "));
    }
}
