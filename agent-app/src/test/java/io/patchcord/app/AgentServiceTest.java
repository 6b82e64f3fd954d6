package io.patchcord.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchcord.agent.spi.Providers;
import io.patchcord.app.config.ConfigException;
import io.patchcord.app.config.ConfigLoader;
import io.patchcord.app.config.Configuration;
import io.patchcord.app.config.SettingCatalog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program without its process: started from a configuration, called by the built-in caller. */
class AgentServiceTest {

    @TempDir
    Path directory;

    private final Map<String, String> flags = new HashMap<>(
            Map.of("AI_PROVIDER", "parrot", "AUDIOSOCKET_PORT", "0", "HEALTH_PORT", "0", "SHUTDOWN_GRACE", "0ms"));
    private final SettingCatalog catalog = new SettingCatalog(Providers.onClassPath());
    private AgentService service;

    @AfterEach
    void stop() {
        if (service != null) {
            service.close();
        }
    }

    @Test
    void agent_takesCalls_andCountsThem() throws Exception {
        start();

        CliRun call = CliRun.of(
                directory,
                Map.of(),
                "call",
                "--to=127.0.0.1:" + service.audioSocketPort(),
                "--quiet=450ms",
                "--no-transcript");

        assertThat(call.exitCode()).as(call.out() + call.err()).isZero();
        assertThat(health().statusCode()).isEqualTo(200);
        JsonNode health = new ObjectMapper().readTree(health().body());
        assertThat(health.get("status").asText()).isEqualTo("up");
        assertThat(health.at("/provider").asText()).isEqualTo("parrot");
        assertThat(health.at("/parts").asText()).isEqualTo("parrot at 440 Hz");
        assertThat(health.at("/ari/state").asText()).isEqualTo("not_configured");
        assertThat(health.at("/audioSocket").asText()).isEqualTo("127.0.0.1:" + service.audioSocketPort());
        assertThat(health.at("/calls/total").asInt()).isEqualTo(1);
    }

    @Test
    void ariThatIsNotThere_isToldByTheHealthPage_andKeepsNobodyFromCalling() throws Exception {
        flags.put("ASTERISK_ARI_PORT", String.valueOf(freePort()));
        flags.put("ASTERISK_ARI_USERNAME", "agent");
        flags.put("ASTERISK_ARI_PASSWORD", "hunter2");
        start();

        HttpResponse<String> health = health();

        assertThat(health.statusCode()).isEqualTo(503);
        JsonNode body = new ObjectMapper().readTree(health.body());
        assertThat(body.get("status").asText()).isEqualTo("degraded");
        assertThat(body.at("/ari/state").asText()).isEqualTo("disconnected");
        assertThat(body.at("/ari/problem").asText()).isNotEmpty();
        assertThat(health.body()).doesNotContain("hunter2");
        assertThat(service.audioSocketPort()).isPositive();
    }

    @Test
    void audioSocketPortInUse_isAMistakeInTheConfiguration() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            flags.put("AUDIOSOCKET_PORT", String.valueOf(taken.getLocalPort()));

            assertThat(failure())
                    .contains("AUDIOSOCKET_PORT=" + taken.getLocalPort()
                            + " (flag --audiosocket-port): cannot listen on" + " 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void healthPortInUse_isAMistakeInTheConfiguration() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            flags.put("HEALTH_PORT", String.valueOf(taken.getLocalPort()));

            assertThat(failure())
                    .contains("HEALTH_PORT=" + taken.getLocalPort() + " (flag --health-port): cannot listen");
        }
    }

    @Test
    void settingThatTheProviderDoesNotTake_isAMistakeInTheConfiguration() {
        flags.put("PARROT_PITCH", "50");

        assertThat(failure())
                .contains("provider parrot: PARROT_PITCH=50: write a whole number from 200 to 2000")
                .contains("(PARROT_PITCH: flag --parrot-pitch)");
    }

    @Test
    void keyThatIsRefused_isAMistakeInTheConfiguration_thatNamesItAndNotItsValue() {
        flags.put("PARROT_KEY", "wrong");

        assertThat(failure()).contains("the parrot does not take PARROT_KEY").doesNotContain("wrong");
    }

    @Test
    void keyThatIsRefused_isNotNoticedWhenKeysAreNotToBeChecked() throws Exception {
        flags.put("PARROT_KEY", "wrong");
        flags.put("CHECK_KEYS", "false");
        start();

        assertThat(health().statusCode()).isEqualTo(200);
    }

    @Test
    void keyThatCannotBeLookedAt_keepsNoAgentFromStarting() throws Exception {
        flags.put("PARROT_KEY", "asleep");
        start();

        assertThat(health().statusCode()).isEqualTo(200);
    }

    @Test
    void serviceThatIsClosed_listensNoMore() throws Exception {
        start();
        int port = service.audioSocketPort();

        service.close();

        try (ServerSocket again = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(again.isBound()).isTrue();
        }
    }

    private void start() {
        Configuration configuration = new ConfigLoader(catalog, Map.of(), directory).load(flags);
        service = new AgentService(configuration, catalog.providers());
        service.start();
    }

    private String failure() {
        return catchThrowableOfType(ConfigException.class, this::start).getMessage();
    }

    private HttpResponse<String> health() throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + service.healthAddress().getPort() + "/health");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
