package io.patchcord.app;

import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.Providers;
import io.patchcord.app.caller.CallCommand;
import io.patchcord.app.caller.UsageException;
import io.patchcord.app.config.ConfigException;
import io.patchcord.app.config.ConfigLoader;
import io.patchcord.app.config.Configuration;
import io.patchcord.app.config.SettingCatalog;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;

/** The command line: which commands there are, and which exit code an end has. Used for one execution. */
final class AgentCli {

    private final SettingCatalog catalog;
    private final ConfigFlags flags;
    private final Map<String, String> environment;
    private final Path directory;
    private final CommandLine commandLine;

    AgentCli(Providers providers, Map<String, String> environment, Path directory) {
        this.catalog = new SettingCatalog(providers);
        this.flags = new ConfigFlags(catalog);
        this.environment = environment;
        this.directory = directory;
        this.commandLine = withFlags(new CommandLine(new RootCommand(this)));
        commandLine
                .addSubcommand(withFlags(new CommandLine(new RunCommand(this))))
                .addSubcommand(withFlags(new CommandLine(new CheckCommand(this))))
                .addSubcommand(withFlags(new CommandLine(new ConfigCommand(this))))
                .addSubcommand(new CommandLine(
                        new CallCommand(providers, () -> configuration().forProviders(), this::out)))
                .setUsageHelpAutoWidth(true)
                .setUsageHelpLongOptionsMaxWidth(34)
                .setParameterExceptionHandler(AgentCli::onUsage)
                .setExecutionExceptionHandler(AgentCli::onException);
    }

    private CommandLine withFlags(CommandLine command) {
        flags.addTo(command.getCommandSpec());
        return command;
    }

    /** Where results and mistakes are written; the process's own outputs unless changed. */
    AgentCli withOutput(PrintWriter out, PrintWriter err) {
        commandLine.setOut(out).setErr(err);
        return this;
    }

    /** Does what the arguments say, and tells the exit code. */
    int execute(String... args) {
        return commandLine.execute(args);
    }

    PrintWriter out() {
        return commandLine.getOut();
    }

    SettingCatalog catalog() {
        return catalog;
    }

    /**
     * The configuration from all sources.
     *
     * @throws ConfigException if anything is wrong with it
     */
    Configuration configuration() {
        return new ConfigLoader(catalog, environment, directory).load(flags.values());
    }

    private static int onUsage(CommandLine.ParameterException e, String[] args) {
        PrintWriter err = e.getCommandLine().getErr();
        err.println(e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.println("See " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help for all options.");
        return ExitCode.USAGE;
    }

    private static int onException(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
        PrintWriter err = line.getErr();
        if (e instanceof ConfigException) {
            err.println(e.getMessage());
            return ExitCode.CONFIGURATION;
        }
        if (e instanceof UsageException) {
            err.println(e.getMessage());
            return ExitCode.USAGE;
        }
        if (e instanceof ProviderException failure) {
            err.println(failure.getMessage());
            return failure.kind() == ProviderException.Kind.CONFIGURATION ? ExitCode.CONFIGURATION : ExitCode.FAILED;
        }
        err.println("Something went wrong that should not have:");
        e.printStackTrace(err);
        return ExitCode.INTERNAL;
    }
}
