package io.patchcord.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchcord.ari.testing.FakeAri;
import io.patchcord.ari.testing.FakeReply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {

    @TempDir
    Path directory;

    private final Map<String, String> environment =
            new HashMap<>(Map.of("AI_PROVIDER", "parrot", "AUDIOSOCKET_PORT", "0", "HEALTH_PORT", "0"));
    private final FakeAri asterisk = FakeAri.start();

    @BeforeEach
    void configure() {
        environment.put("ASTERISK_ARI_PORT", String.valueOf(asterisk.port()));
        environment.put("ASTERISK_ARI_USERNAME", "agent");
        environment.put("ASTERISK_ARI_PASSWORD", "agent");
        load("res_audiosocket.so");
        load("app_audiosocket.so");
    }

    private void load(String module) {
        String json = "{\"name\": \"" + module + "\", \"description\": \"\", \"use_count\": 0, \"status\": \"Running\","
                + " \"support_level\": \"extended\"}";
        asterisk.answerNext("GET", "/asterisk/modules/" + module, new FakeReply(200, json));
    }

    @AfterEach
    void close() {
        asterisk.close();
    }

    @Test
    void allIsWell_whenItIs() {
        CliRun run = check();

        assertThat(run.out())
                .contains("ok    AUDIOSOCKET_PORT: 127.0.0.1:0 is free")
                .contains("ok    ARI: http://127.0.0.1:" + asterisk.port() + ", Asterisk 22")
                .contains("ok    ARI user agent: may write")
                .contains("ok    chan_audiosocket.so: is loaded")
                .contains("ok    ARI application asterisk-ai-voice-agent: nobody else serves it")
                .contains("ok    provider: parrot (parrot at 440 Hz) loaded in")
                .contains("ok    keys: none is refused")
                .doesNotContain("WRONG");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void withoutAri_thereIsNothingWrong() {
        environment.remove("ASTERISK_ARI_USERNAME");
        environment.remove("ASTERISK_ARI_PASSWORD");

        assertThat(check().exitCode()).isZero();
    }

    @Test
    void wrongPassword_isFound_andNotShown() {
        environment.put("ASTERISK_ARI_PASSWORD", "hunter2");

        CliRun run = check();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("WRONG ARI: http://127.0.0.1")
                .contains("401")
                .doesNotContain("hunter2");
    }

    @Test
    void userWhoMayOnlyRead_isFound() {
        environment.put("ASTERISK_ARI_USERNAME", "observer");
        environment.put("ASTERISK_ARI_PASSWORD", "observer");

        CliRun run = check();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("WRONG ARI user observer").contains("read-only");
    }

    @Test
    void moduleThatIsNotLoaded_isFound() {
        asterisk.failAlways("GET", "/asterisk/modules/chan_audiosocket.so", 404, "no such module");

        CliRun run = check();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("WRONG chan_audiosocket.so: is not loaded")
                .contains("ok    app_audiosocket.so");
    }

    @Test
    void nobodyThere_isFound() throws IOException {
        asterisk.close();

        CliRun run = check();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("WRONG ARI: ").contains("ok    provider");
    }

    @Test
    void keyThatIsRefused_isFound_andNotShown() {
        environment.put("PARROT_KEY", "wrong");

        CliRun run = check();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("ok    provider: parrot")
                .contains("the parrot does not take PARROT_KEY")
                .doesNotContain("=wrong");
    }

    @Test
    void keyThatCannotBeLookedAt_isFound() {
        environment.put("PARROT_KEY", "asleep");

        assertThat(check().out()).contains("WRONG keys: it is not known whether they are taken: the parrot is asleep");
    }

    @Test
    void keysThatAreNotToBeChecked_areNot() {
        environment.put("PARROT_KEY", "wrong");
        environment.put("CHECK_KEYS", "no");

        CliRun run = check();

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("ok    keys: not looked at");
    }

    @Test
    void portInUse_andSettingThatDoesNotWork_areFound() throws IOException {
        environment.put("PARROT_PITCH", "1");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            environment.put("HEALTH_PORT", String.valueOf(taken.getLocalPort()));

            CliRun run = check();

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out())
                    .contains("WRONG HEALTH_PORT")
                    .contains("WRONG provider")
                    .contains("PARROT_PITCH=1");
        }
    }

    private CliRun check() {
        return CliRun.of(directory, environment, "check");
    }
}
