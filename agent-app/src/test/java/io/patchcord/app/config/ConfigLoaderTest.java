package io.patchcord.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchcord.agent.spi.ConfigKey;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.Providers;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {

    @TempDir
    Path directory;

    private final Map<String, String> flags = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final SettingCatalog catalog = new SettingCatalog(Providers.onClassPath());

    @Test
    void nothingSet_defaultsHold() {
        Configuration configuration = load();

        assertThat(configuration.get(AppSettings.AUDIOSOCKET_PORT)).isEqualTo(8090);
        assertThat(configuration.get(AppSettings.SHUTDOWN_GRACE)).isEqualTo(Duration.ofSeconds(8));
        assertThat(configuration.find(AppSettings.GREETING)).isEmpty();
        assertThat(configuration.place("AUDIOSOCKET_PORT")).isEqualTo("default");
    }

    @Test
    void eachSource_isOverruledByTheNext() throws IOException {
        write("patchcord.yaml", "audiosocket:\n  port: 1001\n");
        assertThat(portAndPlace()).isEqualTo("1001 patchcord.yaml:2");

        write(".env", "\nAUDIOSOCKET_PORT=1002\n");
        assertThat(portAndPlace()).isEqualTo("1002 .env:2");

        environment.put("AUDIOSOCKET_PORT", "1003");
        assertThat(portAndPlace()).isEqualTo("1003 environment");

        flags.put("AUDIOSOCKET_PORT", "1004");
        assertThat(portAndPlace()).isEqualTo("1004 flag --audiosocket-port");
    }

    @Test
    void blankValue_isNoValue() throws IOException {
        write(".env", "AUDIOSOCKET_PORT=1002\n");
        environment.put("AUDIOSOCKET_PORT", "  ");

        assertThat(portAndPlace()).isEqualTo("1002 .env:1");
    }

    @Test
    void files_mayBeNamed_alsoByTheOneAbove() throws IOException {
        write("other.env", "PATCHCORD_CONFIG=other.yaml\n");
        write("other.yaml", "port: nothing of ours\nhealth-port: 1005\n");
        flags.put("PATCHCORD_ENV_FILE", "other.env");

        assertThat(failure())
                .contains("PORT (other.yaml:1): there is no such setting")
                .doesNotContain("HEALTH_PORT");
    }

    @Test
    void namedFile_thatIsMissing_isAProblem() {
        environment.put("PATCHCORD_CONFIG", "nowhere.yaml");

        assertThat(failure()).contains("PATCHCORD_CONFIG=nowhere.yaml (environment): there is no such file");
    }

    @Test
    void everything_thatIsWrong_isToldAtOnce() throws IOException {
        write(".env", "AUDIOSOCKET_PROT=1\nLOG_LEVEL=chatty\nSHUTDOWN_GRACE=soon\n");
        write("patchcord.yaml", "health:\n  port: 99999\nlog-formt: json\n");
        flags.put("MAX_CALLS", "many");

        assertThat(failure())
                .startsWith("The configuration has 6 mistakes:")
                .contains("AUDIOSOCKET_PROT (.env:1): there is no such setting; did you mean AUDIOSOCKET_PORT?")
                .contains("LOG_LEVEL=chatty (.env:2): write error, warn, info, debug or trace")
                .contains("SHUTDOWN_GRACE=soon (.env:3): write a duration such as 250ms, 5s or 2m")
                .contains("HEALTH_PORT=99999 (patchcord.yaml:2): write a port from 1 to 65535")
                .contains("LOG_FORMT (patchcord.yaml:3): there is no such setting; did you mean LOG_FORMAT?")
                .contains("MAX_CALLS=many (flag --max-calls): write a whole number from 1 to 10000");
    }

    @Test
    void environment_isFullOfForeignNames_onlySlipsAreMentioned() {
        environment.putAll(Map.of("HOME", "/root", "AUDIOSOCKET_PROT", "1", "LANG", "C", "PATCHCORD_MODE", "x"));

        assertThat(load().warnings())
                .extracting(ConfigProblem::toString)
                .containsExactlyInAnyOrder(
                        "AUDIOSOCKET_PROT (environment): there is no such setting; did you mean AUDIOSOCKET_PORT?",
                        "PATCHCORD_MODE (environment): there is no such setting");
    }

    @Test
    void longText_mayStandInAFile() throws IOException {
        write("instructions.txt", "Be brief.\n");
        environment.put("INSTRUCTIONS_FILE", "instructions.txt");

        Configuration configuration = load();

        assertThat(configuration.get(AppSettings.INSTRUCTIONS)).isEqualTo("Be brief.");
        assertThat(configuration.place("INSTRUCTIONS")).isEqualTo("instructions.txt, environment");
    }

    @Test
    void valueAndFile_together_areAProblem() throws IOException {
        write("instructions.txt", "Be brief.\n");
        environment.put("INSTRUCTIONS_FILE", "instructions.txt");
        environment.put("INSTRUCTIONS", "Be long.");

        assertThat(failure()).contains("INSTRUCTIONS (environment): is set together with INSTRUCTIONS_FILE");
    }

    @Test
    void composeVariables_andOtherProvidersOfOurs_areLeftAlone_inDotEnv() throws IOException {
        write(".env", "COMPOSE_PROJECT_NAME=x\nTZ=Europe/Berlin\n");

        assertThat(load().warnings()).isEmpty();
    }

    @Test
    void ariUser_needsAPassword_andTheOtherWayRound() {
        environment.put("ASTERISK_ARI_USERNAME", "agent");
        assertThat(failure()).contains("ASTERISK_ARI_PASSWORD (not set): ASTERISK_ARI_USERNAME needs it");

        environment.remove("ASTERISK_ARI_USERNAME");
        environment.put("ASTERISK_ARI_PASSWORD", "hunter2");
        assertThat(failure()).contains("ASTERISK_ARI_USERNAME (not set)").doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, , true",
        "0.0.0.0, localhost, , true",
        "127.0.0.1, 10.0.0.5, , false",
        "0.0.0.0, pbx, , false",
        "0.0.0.0, pbx, agent:8090, true",
        "10.0.0.6, 10.0.0.5, , true"
    })
    void addressThatAsteriskCannotReach_isFound(String ours, String asterisk, String advertised, boolean reachable) {
        environment.putAll(Map.of(
                "ASTERISK_ARI_USERNAME",
                "agent",
                "ASTERISK_ARI_PASSWORD",
                "x",
                "AUDIOSOCKET_HOST",
                ours,
                "ASTERISK_HOST",
                asterisk,
                "AUDIOSOCKET_ADVERTISE",
                advertised == null ? "" : advertised));

        if (reachable) {
            assertThat(load().get(AppSettings.AUDIOSOCKET_HOST)).isEqualTo(ours);
        } else {
            assertThat(failure()).contains("AUDIOSOCKET_HOST=" + ours).contains("Asterisk at " + asterisk + " cannot");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AUDIOSOCKET_ALLOW, '10.0.0.0/8, ::1', ",
        "AUDIOSOCKET_ALLOW, 10.0.0.0/40, '40'' is not a number of bits'",
        "AUDIOSOCKET_ADVERTISE, 10.0.0.5:8090, ",
        "AUDIOSOCKET_ADVERTISE, [fd00::5]:8090, ",
        "AUDIOSOCKET_ADVERTISE, 10.0.0.5, 'write HOST:PORT'",
        "AUDIOSOCKET_ADVERTISE, http://x:1, 'write HOST:PORT'",
        "ASTERISK_HOST, http://10.0.0.5, 'without a scheme'",
        "AUDIOSOCKET_PORT, -1, 'write a port'",
        "MAX_CALL_DURATION, 0s, 'more than nothing'",
        "MAX_CALL_DURATION, 90m, ",
        "SHUTDOWN_GRACE, 0s, ",
        "BARGE_IN, no, ",
        "BARGE_IN, maybe, 'write true or false'",
        "LOG_FORMAT, JSON, ",
        "ASTERISK_APP_NAME, 'a, b', "
    })
    void value_isChecked(String name, String value, String complaint) {
        environment.put(name, value);

        if (complaint == null) {
            assertThat(load().place(name)).isEqualTo("environment");
        } else {
            assertThat(failure()).contains(name + "=" + value).contains(complaint);
        }
    }

    @Test
    void message_getsThePlacesOfTheSettingsThatItNames() {
        environment.put("AUDIOSOCKET_PORT", "1003");

        assertThat(load().withPlaces("AUDIOSOCKET_PORT is in use"))
                .isEqualTo("AUDIOSOCKET_PORT is in use (AUDIOSOCKET_PORT: environment)");
        assertThat(load().withPlaces("HEALTH_PORT is in use")).isEqualTo("HEALTH_PORT is in use");
    }

    private String portAndPlace() {
        Configuration configuration = load();
        return configuration.get(AppSettings.AUDIOSOCKET_PORT) + " " + configuration.place("AUDIOSOCKET_PORT");
    }

    /** Deepgram's may be given OpenAI's key; the rest of OpenAI's settings is for another jar all the same. */
    @Test
    void settingsOfAProviderInAnotherJar_areNobodysMistake_evenIfOneOfThemIsReadHere() {
        SettingCatalog jar = new SettingCatalog(Providers.of(new S2sProvider() {
            @Override
            public String name() {
                return "deepgram";
            }

            @Override
            public List<ConfigKey> configKeys() {
                return List.of(ConfigKey.secret("OPENAI_API_KEY", "key"));
            }

            @Override
            public S2sEngine create(ProviderConfig config) {
                throw new UnsupportedOperationException("only its settings are asked for");
            }
        }));

        assertThat(jar.complaintInFile("OPENAI_LLM_MODEL")).isEmpty();
        assertThat(jar.complaintInFile("LOCAL_STT_THREADS")).isEmpty();
        assertThat(jar.complaintInFile("DEEPGRAM_NOTHING")).isPresent();
    }

    private Configuration load() {
        return new ConfigLoader(catalog, environment, directory).load(flags);
    }

    private String failure() {
        return catchThrowableOfType(ConfigException.class, this::load).getMessage();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }
}
