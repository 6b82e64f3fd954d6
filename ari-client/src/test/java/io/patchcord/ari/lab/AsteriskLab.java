package io.patchcord.ari.lab;

import io.patchcord.ari.AriClient;
import io.patchcord.ari.AriClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real Asterisk on loopback, with ports of its own and its files under {@code target/}, for as long as a test needs
 * it. Its users and extensions are those of {@code examples/asterisk-lab/README.md}.
 *
 * <p>{@link #start(int)} skips the test, with a word, where the lab is not set up ({@code examples/asterisk-lab/setup 22}
 * does that, on Debian); with PATCHCORD_REQUIRE_LAB=1 in the environment it fails instead. Closing it stops it; so does
 * the end of the JVM. Thread-safe.
 */
public final class AsteriskLab implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final AtomicInteger SERIAL = new AtomicInteger();

    private final LabScripts scripts;
    private final int version;
    private final Path runDir;
    private final Map<String, String> settings;
    private final Thread stopAtExit = new Thread(this::stopNow, "stop-asterisk-lab");
    private final AtomicInteger calls = new AtomicInteger();
    private boolean running;

    private AsteriskLab(LabScripts scripts, int version, Path runDir, Map<String, String> settings) {
        this.scripts = scripts;
        this.version = version;
        this.runDir = runDir;
        this.settings = settings;
    }

    /** Starts an Asterisk, 22 or 16, whose dialplan expects the AudioSocket server at {@link #audioSocketPort()}. */
    public static AsteriskLab start(int version) {
        return start(version, Map.of());
    }

    /**
     * Starts one with settings of your own.
     *
     * @param settings environment variables that the lab's {@code start} knows, such as AUDIOSOCKET or DIALPLAN
     */
    public static AsteriskLab start(int version, Map<String, String> settings) {
        LabScripts scripts = LabScripts.forVersion(version);
        Map<String, String> all = new HashMap<>();
        all.put("PORTS", "auto");
        all.put("AUDIOSOCKET", "127.0.0.1:" + freePort());
        all.putAll(settings);
        AsteriskLab lab = new AsteriskLab(scripts, version, newRunDir(version), all);
        lab.startAgain();
        Runtime.getRuntime().addShutdownHook(lab.stopAtExit);
        return lab;
    }

    /** Whether an Asterisk of that version is there to be started. */
    public static boolean isSetUp(int version) {
        return LabScripts.isSetUp(version);
    }

    private static Path newRunDir(int version) {
        String name = version + "-" + ProcessHandle.current().pid() + "-" + SERIAL.incrementAndGet();
        Path dir = Path.of("target", "lab", name).toAbsolutePath();
        try {
            // Asterisk's console is a unix socket in there, whose path has a limit; see 'start'.
            return dir.toString().length() <= 85
                    ? Files.createDirectories(dir)
                    : Files.createTempDirectory("lab-" + name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again, on the same ports, after {@link #stop()}. */
    public synchronized void startAgain() {
        scripts.run("start", settings, PATIENCE, List.of(runDir.toString(), Integer.toString(version)));
        running = true;
        for (String name : List.of("SIP_PORT", "ARI_PORT", "RTP_START", "RTP_END", "AUDIOSOCKET")) {
            settings.put(name, instance(name));
        }
    }

    /** The value of one line NAME='value' of what {@code start} wrote down. */
    private String instance(String name) {
        try {
            String text = Files.readString(runDir.resolve("instance"));
            int from = text.indexOf(name + "='") + name.length() + 2;
            return text.substring(from, text.indexOf('\'', from));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it, in the middle of whatever it does. */
    public synchronized void stop() {
        if (running) {
            running = false;
            stopNow();
        }
    }

    private void stopNow() {
        scripts.run("stop", Map.of(), PATIENCE, List.of(runDir.toString()));
    }

    public synchronized int ariPort() {
        return Integer.parseInt(settings.getOrDefault("ARI_PORT", ""));
    }

    public synchronized int sipPort() {
        return Integer.parseInt(settings.getOrDefault("SIP_PORT", ""));
    }

    /** Where the dialplan's AudioSocket extensions (2000 to 2009) expect the agent. */
    public synchronized int audioSocketPort() {
        String address = settings.getOrDefault("AUDIOSOCKET", "");
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    public URI ariUri() {
        return URI.create("http://127.0.0.1:" + ariPort());
    }

    /** A client builder for its ARI, as the user {@code agent}. */
    public AriClientBuilder clientBuilder() {
        return AriClient.builder().uri(ariUri()).credentials("agent", "agent");
    }

    public Path runDir() {
        return runDir;
    }

    /**
     * Makes one call and waits for its end.
     *
     * @param extension such as {@code 2000}, or {@code 7001@people}
     * @param options of the lab's {@code call}, such as {@code --say question.wav --seconds 10}
     * @return what the caller heard, as WAV; no such file when the call was ended before it was answered
     * @throws AssertionError when the call was not answered
     */
    public Path call(String extension, String... options) {
        Path reply = runDir.resolve("heard-" + calls.incrementAndGet() + ".wav");
        List<String> arguments = new ArrayList<>(List.of("--ext", extension, "--out", reply.toString()));
        arguments.addAll(List.of(options));
        arguments.add(runDir.toString());
        scripts.run("call", Map.of(), PATIENCE, arguments);
        return reply;
    }

    /** Makes one call, and returns while it goes on. */
    public CompletableFuture<Path> callAsync(String extension, String... options) {
        return CompletableFuture.supplyAsync(
                () -> call(extension, options), task -> new Thread(task, "lab-caller").start());
    }

    /** What Asterisk's console says to a command, such as {@code core show channels}. */
    public String cli(String command) {
        return scripts.run("cli", Map.of(), PATIENCE, List.of(runDir.toString(), command));
    }

    /** Checks that no channel and no bridge is left, and waits for that some seconds if need be. */
    public void assertNothingLeft(Duration patience) {
        scripts.run(
                "leftovers",
                Map.of(),
                PATIENCE,
                List.of("--within", Long.toString(Math.max(1, patience.toSeconds())), runDir.toString()));
    }

    /** Asterisk's full log so far: every step of the dialplan, and the reasons behind a bare 500. */
    public String log() {
        try {
            return Files.readString(runDir.resolve("log").resolve("full"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
        } catch (IllegalStateException e) {
            // The JVM is ending already, and the hook does no harm.
            return;
        }
    }
}
