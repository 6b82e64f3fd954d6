package io.patchcord.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** What the program does when no command is named: it runs the agent. */
@Command(
        name = "agent-app",
        description = {
            "AI voice agent for Asterisk and FreePBX. Without a command it runs until it is told to stop.",
            "Each setting can be given by flag, in the environment, in .env or in patchcord.yaml, in this order of precedence."
        },
        footer = {
            "",
            "Exit codes: 0 stopped in order, 1 no answer or a check that failed, 64 wrong command line, "
                    + "78 wrong configuration or a port that is taken, 70 a mistake of the program."
        },
        customSynopsis = {"agent-app [OPTIONS]", "agent-app COMMAND [OPTIONS]"},
        sortOptions = false,
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class RootCommand implements Callable<Integer> {

    private final AgentCli cli;

    RootCommand(AgentCli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws InterruptedException {
        return new RunCommand(cli).call();
    }
}
