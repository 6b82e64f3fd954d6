package io.patchcord.app;

import io.patchcord.agent.spi.Providers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;

/** One run of the command line within the test's process. */
public record CliRun(int exitCode, String out, String err) {

    public static CliRun of(Path directory, Map<String, String> environment, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new AgentCli(Providers.onClassPath(), environment, directory)
                .withOutput(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(args);
        return new CliRun(exitCode, out.toString(), err.toString());
    }
}
