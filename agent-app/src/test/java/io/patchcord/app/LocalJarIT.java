package io.patchcord.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar agent-app-local.jar}, without a key, a network or an Asterisk. */
class LocalJarIT {

    private static final Path JAR = Path.of("target", "agent-app-local.jar").toAbsolutePath();
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final long END_LIMIT_SECONDS = 120;

    @TempDir
    Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void callerAsks_hearsTheAnswer_andTheAgentStopsInOrder() throws Exception {
        int healthPort = freePort();
        Path log = directory.resolve("agent.log");
        Process agent = start(log, Map.of("AUDIOSOCKET_PORT", "0", "HEALTH_PORT", String.valueOf(healthPort)));
        JsonNode health = awaitReady(agent, healthPort, log);
        assertThat(health.get("provider").asText()).isEqualTo("local");

        Path report = directory.resolve("report.json");
        Process caller = start(
                report,
                Map.of(),
                "call",
                "--json",
                "--to",
                health.get("audioSocket").asText(),
                "--text",
                "What are your opening hours?");

        assertThat(exitCode(caller)).as(Files.readString(report)).isZero();
        JsonNode answer = new ObjectMapper().readTree(report.toFile()).at("/calls/0/turns/1");
        assertThat(answer.get("heard").asText().toLowerCase(Locale.ROOT))
                .contains("open")
                .contains("monday");
        assertThat(answer.get("firstAudioMs").asDouble()).isPositive();

        agent.destroy();
        assertThat(exitCode(agent)).isZero();
        assertThat(Files.readString(log))
                .contains("waiting for calls by AudioSocket")
                .contains("AgentService: stopped");
    }

    @Test
    void portInUse_isToldBeforeModelsAreLoaded() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path log = directory.resolve("agent.log");
            Process agent = start(log, Map.of("HEALTH_PORT", String.valueOf(taken.getLocalPort())));

            assertThat(exitCode(agent)).isEqualTo(78);
            assertThat(Files.readString(log))
                    .contains("HEALTH_PORT=" + taken.getLocalPort() + " (environment): cannot listen")
                    .doesNotContain("provider local");
        }
    }

    private Process start(Path output, Map<String, String> environment, String... args) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().putAll(environment);
        builder.redirectOutput(output.toFile());
        builder.redirectError(ProcessBuilder.Redirect.appendTo(output.toFile()));
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static JsonNode awaitReady(Process agent, int healthPort, Path log) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + healthPort + "/health");
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
        HttpResponse<String> ready = Awaitility.await("the agent to be ready")
                .atMost(START_LIMIT)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(
                        () -> {
                            if (!agent.isAlive()) {
                                throw new IllegalStateException("the agent has ended:\n" + Files.readString(log));
                            }
                            return http.send(request, HttpResponse.BodyHandlers.ofString());
                        },
                        response -> response.statusCode() == 200);
        return new ObjectMapper().readTree(ready.body());
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS))
                .as("the process ends")
                .isTrue();
        return process.exitValue();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
