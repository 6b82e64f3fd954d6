package io.patchcord.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.agent.spi.Providers;
import io.patchcord.app.config.Setting;
import io.patchcord.app.config.SettingCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentCliTest {

    @TempDir
    Path directory;

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void help_hasEverySetting_withItsVariableAndDefault() {
        CliRun run = run("--help");

        assertThat(run.exitCode()).isZero();
        // Lines are broken at blanks, and within addresses too.
        String help = run.out().replaceAll("\\s", "");
        for (Setting<?> setting : new SettingCatalog(Providers.onClassPath()).settings()) {
            assertThat(help).contains(setting.secret() ? setting.flag() + "-file" : setting.flag() + "=");
            assertThat(help).contains(setting.name());
            if (!setting.defaultText().isEmpty()) {
                String shown = "(" + setting.name() + ", default " + setting.defaultText() + ")";
                assertThat(help).contains(setting.secret() ? setting.name() : shown.replaceAll("\\s", ""));
            }
        }
    }

    @Test
    void help_namesTheCommandsAndExitCodes() {
        assertThat(run("--help").out()).contains("config", "call", "Exit codes").doesNotContain("--parrot-key=");
    }

    @Test
    void version_namesProvidersAndJava() {
        CliRun run = run("--version");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Patchcord ").contains("parrot").contains("Java " + Runtime.version());
    }

    @Test
    void unknownFlag_isAUsageError_withASuggestion() {
        CliRun run = run("--audiosocket-prot=1");

        assertThat(run.exitCode()).isEqualTo(64);
        assertThat(run.err())
                .contains("--audiosocket-prot")
                .contains("--audiosocket-port")
                .contains("--help");
    }

    @Test
    void unknownCommand_isAUsageError() {
        assertThat(run("cal").exitCode()).isEqualTo(64);
    }

    @Test
    void wrongConfiguration_isToldAtOnce() throws IOException {
        Files.writeString(directory.resolve(".env"), "AUDIOSOCKET_PORT=many\n");

        CliRun run = run("--provider=parott", "--log-level=loud");

        assertThat(run.exitCode()).isEqualTo(78);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("AI_PROVIDER=parott (flag --provider)")
                .contains("did you mean parrot?")
                .contains("AUDIOSOCKET_PORT=many (.env:1)")
                .contains("LOG_LEVEL=loud (flag --log-level)");
    }

    @Test
    void config_explainsValuesAndTheirPlaces_butNoSecret() throws IOException {
        Files.writeString(directory.resolve(".env"), "PARROT_KEY=hunter2\nGREETING='Good day,\n to you'\n");
        environment.put("PARROT_PITCH", "500");

        CliRun run = run("config", "--health-port=1234");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .doesNotContain("hunter2")
                .containsPattern("PARROT_KEY +\\(hidden\\)  \\[\\.env:1]")
                .containsPattern("GREETING +Good day, to you  \\[\\.env:2]")
                .containsPattern("PARROT_PITCH +500  \\[environment]")
                .containsPattern("HEALTH_PORT +1234  \\[flag --health-port]")
                .containsPattern("AUDIOSOCKET_PORT +8090  \\[default]");
    }

    @Test
    void secret_isReadFromAFile() throws IOException {
        Files.writeString(directory.resolve("key"), "hunter2\n");

        assertThat(run("config", "--parrot-key-file=key").out())
                .containsPattern("PARROT_KEY +\\(hidden\\)  \\[key, flag --parrot-key-file]");
    }

    @Test
    void secret_hasNoFlagOfItsOwn() {
        assertThat(run("config", "--parrot-key=hunter2").exitCode()).isEqualTo(64);
    }

    private CliRun run(String... args) {
        return CliRun.of(directory, environment, args);
    }
}
