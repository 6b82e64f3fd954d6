package io.patchcord.ari.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/** Finds and runs the scripts of {@code examples/asterisk-lab}. */
final class LabScripts {

    private static final String FOLDER = "examples/asterisk-lab";

    private final Path folder;

    private LabScripts(Path folder) {
        this.folder = folder;
    }

    /**
     * The scripts, when Asterisk of that version is set up.
     *
     * @throws TestAbortedException when it is not, so that the test counts as skipped
     * @throws AssertionError instead, when PATCHCORD_REQUIRE_LAB is 1
     */
    static LabScripts forVersion(int version) {
        Path folder = find();
        if (folder == null) {
            throw missing("there is no " + FOLDER + " above " + Path.of("").toAbsolutePath());
        }
        if (!isSetUp(version)) {
            throw missing("Asterisk " + version + " is not set up; run " + FOLDER + "/setup " + version);
        }
        return new LabScripts(folder);
    }

    static boolean isSetUp(int version) {
        return Files.exists(cache().resolve(version + "/.complete"));
    }

    private static RuntimeException missing(String why) {
        if ("1".equals(System.getenv("PATCHCORD_REQUIRE_LAB"))) {
            throw new AssertionError("PATCHCORD_REQUIRE_LAB=1, but " + why);
        }
        return new TestAbortedException("No Asterisk lab: " + why);
    }

    private static Path find() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isExecutable(at.resolve(FOLDER).resolve("start"))) {
                return at.resolve(FOLDER);
            }
        }
        return null;
    }

    /** Where the scripts keep it; to them, too, the home is what the environment says. */
    private static Path cache() {
        String set = System.getenv("ASTERISK_CACHE");
        if (set != null && !set.isEmpty()) {
            return Path.of(set);
        }
        String home = System.getenv("HOME");
        return Path.of(home == null ? System.getProperty("user.home") : home, ".cache", "asterisk-lab");
    }

    /** What a script printed, once it has ended well. */
    String run(String script, Map<String, String> environment, Duration patience, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(folder.resolve(script).toString());
        command.addAll(arguments);
        try {
            Path output = Files.createTempFile("lab-", ".out");
            try {
                runInto(output, command, environment, patience);
                return Files.readString(output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void runInto(Path output, List<String> command, Map<String, String> environment, Duration patience)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(command + " did not end within " + patience + ": " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted during " + command, e);
        } finally {
            process.destroy();
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(command + " failed: " + Files.readString(output));
        }
    }
}
