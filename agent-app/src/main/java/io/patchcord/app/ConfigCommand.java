package io.patchcord.app;

import io.patchcord.app.config.ConfigProblem;
import io.patchcord.app.config.Configuration;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows every setting with its value and the place where it was set. */
@Command(
        name = "config",
        description = "Show every setting, its value and where it was set; secrets stay hidden.",
        customSynopsis = "agent-app config [OPTIONS]",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class ConfigCommand implements Callable<Integer> {

    private static final int LONGEST_VALUE = 60;

    private final AgentCli cli;

    ConfigCommand(AgentCli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Configuration configuration = cli.configuration();
        List<Configuration.Row> rows = configuration.explain();
        int widest = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
        PrintWriter out = cli.out();
        for (Configuration.Row row : rows) {
            out.println(String.format("%-" + widest + "s  %s  [%s]", row.name(), shown(row.value()), row.place()));
        }
        for (ConfigProblem warning : configuration.warnings()) {
            out.println("Warning: " + warning);
        }
        return ExitCode.OK;
    }

    private static String shown(String value) {
        String line = value.replaceAll("\\s+", " ");
        return line.length() <= LONGEST_VALUE ? line : line.substring(0, LONGEST_VALUE - 1) + "…";
    }
}
