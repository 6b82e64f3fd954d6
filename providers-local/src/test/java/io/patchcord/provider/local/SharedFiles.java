package io.patchcord.provider.local;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Test data too large for the repository, in a folder {@code shared} beside it. */
public final class SharedFiles {

    private SharedFiles() {}

    /** The folder or file below {@code shared}; the test is skipped where there is none. */
    public static Path find(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared").resolve(name);
            if (Files.exists(candidate)) {
                return candidate;
            }
        }
        assumeTrue(false, "skipped: there is no shared/" + name + " beside the repository");
        throw new AssertionError("not reached");
    }
}
