package io.patchcord.provider.local.dialogue;

import io.patchcord.agent.spi.ProviderException;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/** What is wrong in a file, all of it, each with its line. Confined to one thread. */
final class FileProblems {

    private final String file;
    private final List<Problem> problems = new ArrayList<>();

    private record Problem(int line, String text) {}

    FileProblems(String file) {
        this.file = file;
    }

    /** Notes what is wrong at that place, and what to write instead. */
    void add(Node where, String what, String remedy) {
        add(where.getStartMark().getLine() + 1, what, remedy);
    }

    void add(int line, String what, String remedy) {
        problems.add(new Problem(line, file + ":" + line + ": " + what + ": " + remedy));
    }

    /**
     * Refuses the file if anything is wrong in it.
     *
     * @throws ProviderException of kind CONFIGURATION with one line for each problem, in the order of the file
     */
    void refuse() {
        if (!problems.isEmpty()) {
            problems.sort((a, b) -> Integer.compare(a.line, b.line));
            List<String> lines = problems.stream().map(Problem::text).toList();
            throw new ProviderException(
                    ProviderException.Kind.CONFIGURATION,
                    "the receptionist's file cannot be used:\n" + String.join("\n", lines));
        }
    }
}
