package io.patchcord.app.acceptance;

import io.patchcord.ari.lab.AsteriskLab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The agent as an administrator starts it: {@code java -jar} one of the jars, configured by its environment. */
final class AgentProcess implements AutoCloseable {

    private static final int LINES_TOLD = 40;
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Path log;
    private final int healthPort;

    private AgentProcess(Process process, Path log, int healthPort) {
        this.process = process;
        this.log = log;
        this.healthPort = healthPort;
    }

    /** Starts it at the lab's Asterisk for these applications, and waits until it is ready for calls. */
    static AgentProcess start(AsteriskLab lab, String applications, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "AUDIOSOCKET_PORT",
                Integer.toString(lab.audioSocketPort()),
                "ASTERISK_ARI_USERNAME",
                "agent",
                "ASTERISK_ARI_PASSWORD",
                "agent",
                "ASTERISK_APP_NAME",
                applications,
                "TRANSFER_CONTEXT",
                "from-internal"));
        all.putAll(settings);
        return startJar(lab, "agent-app-local.jar", all);
    }

    /** Starts one of the jars with these settings, which bring the ARI user and the applications. */
    static AgentProcess startJar(AsteriskLab lab, String jar, Map<String, String> settings) {
        Path log = lab.runDir().resolve("agent-" + System.nanoTime() + ".log");
        int healthPort = Ports.free();
        ProcessBuilder builder = new ProcessBuilder(command(jar));
        builder.directory(lab.runDir().toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("HEALTH_PORT", Integer.toString(healthPort));
        builder.environment().put("ASTERISK_ARI_PORT", Integer.toString(lab.ariPort()));
        builder.environment().putAll(settings);
        try {
            AgentProcess agent = new AgentProcess(builder.start(), log, healthPort);
            agent.await("the agent to be ready", START_LIMIT, () -> agent.answers("/ready"));
            return agent;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(String name) {
        Path jar = Path.of("target", name).toAbsolutePath();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    /** Kills it without a word, as the kernel does when memory runs out. */
    void kill() {
        process.destroyForcibly();
        waitForEnd();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitLog(String text) {
        await("\"" + text + "\" in the agent's log", Duration.ofSeconds(20), () -> log().contains(text));
    }

    /** Open files and sockets of the process; Linux only, as the lab is. */
    int openFiles() {
        return count(Path.of("/proc", Long.toString(process.pid()), "fd"));
    }

    int threads() {
        return count(Path.of("/proc", Long.toString(process.pid()), "task"));
    }

    private static int count(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return (int) entries.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String health() {
        return get("/health").body();
    }

    private boolean answers(String path) {
        try {
            return get(path).statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private HttpResponse<String> get(String path) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + healthPort + path))
                            .timeout(Duration.ofSeconds(5))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void await(String what, Duration limit, BooleanSupplier condition) {
        try {
            Awaitility.await(what).atMost(limit).until(() -> {
                if (!process.isAlive()) {
                    throw new IllegalStateException("the agent has ended:\n" + log());
                }
                return condition.getAsBoolean();
            });
        } catch (ConditionTimeoutException e) {
            List<String> lines = log().lines().toList();
            String end = String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size()));
            throw new AssertionError("waited in vain for " + what + "; the end of the agent's log:\n" + end, e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        waitForEnd();
    }

    private void waitForEnd() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
