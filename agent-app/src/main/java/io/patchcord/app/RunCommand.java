package io.patchcord.app;

import io.patchcord.app.config.AppSettings;
import io.patchcord.app.config.Configuration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** Runs the agent until the process is told to stop. */
@Command(
        name = "run",
        description = "Run the agent; the same as no command.",
        customSynopsis = "agent-app run [OPTIONS]",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    private static final Logger log = LoggerFactory.getLogger(RunCommand.class);

    private final AgentCli cli;

    RunCommand(AgentCli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() throws InterruptedException {
        Configuration configuration = cli.configuration();
        AppLogging.configure(
                configuration.get(AppSettings.LOG_LEVEL),
                configuration.get(AppSettings.LOG_FORMAT),
                AppLogging.Target.OUT);
        configuration.warnings().forEach(warning -> log.warn("{}", warning));
        AgentService service = new AgentService(configuration, cli.catalog().providers());
        try {
            service.start();
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service), "shutdown"));
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }

    /** In the JVM's shutdown, which is what a signal leads to; by itself it would end with 128 and the signal's number. */
    private static void stop(AgentService service) {
        try {
            service.close();
            Runtime.getRuntime().halt(ExitCode.OK);
        } catch (RuntimeException e) {
            log.error("the agent could not be stopped in order", e);
            Runtime.getRuntime().halt(ExitCode.INTERNAL);
        }
    }
}
