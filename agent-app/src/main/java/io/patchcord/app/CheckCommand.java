package io.patchcord.app;

import io.patchcord.agent.asterisk.AriSettings;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.app.config.AppSettings;
import io.patchcord.app.config.ConfigException;
import io.patchcord.app.config.Configuration;
import io.patchcord.app.config.Setting;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;

/** Tries everything that a start needs, without taking a call. */
@Command(
        name = "check",
        description = {
            "Try everything that a start needs, and say what was found: the configuration, the ports, ARI, its user and"
                    + " modules, the providers' settings and models.",
            "Exit code 0 if all is well, 1 if something is not, 78 if the configuration is wrong."
        },
        customSynopsis = "agent-app check [OPTIONS]",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    private final AgentCli cli;

    CheckCommand(AgentCli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Configuration configuration = cli.configuration();
        PrintWriter out = cli.out();
        List<Finding> findings = new ArrayList<>();
        configuration.warnings().forEach(warning -> report(out, findings, Finding.bad("setting", warning.toString())));
        report(out, findings, port(configuration, AppSettings.AUDIOSOCKET_HOST, AppSettings.AUDIOSOCKET_PORT));
        report(out, findings, port(configuration, AppSettings.HEALTH_HOST, AppSettings.HEALTH_PORT));
        Optional<AriSettings> ari = AriConfig.of(configuration);
        ari.ifPresentOrElse(
                settings -> AriCheck.run(settings, finding -> report(out, findings, finding)),
                () -> report(out, findings, Finding.ok("ARI", "not configured: ASTERISK_ARI_USERNAME is not set")));
        checkProvider(configuration, finding -> report(out, findings, finding));
        return findings.stream().allMatch(Finding::ok) ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void report(PrintWriter out, List<Finding> findings, Finding finding) {
        findings.add(finding);
        out.println(finding);
        out.flush();
    }

    private static Finding port(
            Configuration configuration, Setting<String> hostSetting, Setting<Integer> portSetting) {
        String host = configuration.get(hostSetting);
        int port = configuration.get(portSetting);
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            return Finding.bad(hostSetting.name(), "there is no address for the name " + host);
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address);
            return Finding.ok(portSetting.name(), host + ":" + port + " is free");
        } catch (IOException e) {
            return Finding.bad(
                    portSetting.name(),
                    host + ":" + port + ": " + e.getMessage() + "; is an agent running, or another program?");
        }
    }

    private void checkProvider(Configuration configuration, Consumer<Finding> findings) {
        long begin = System.nanoTime();
        try (LoadedProvider loaded =
                LoadedProvider.load(configuration, cli.catalog().providers())) {
            findings.accept(Finding.ok(
                    "provider",
                    loaded.name() + " (" + loaded.engine().description() + ") loaded in "
                            + (System.nanoTime() - begin) / 1_000_000 + " ms"));
            findings.accept(keys(loaded, configuration));
        } catch (ConfigException | ProviderException e) {
            findings.accept(Finding.bad("provider", String.valueOf(e.getMessage())));
        }
    }

    private static Finding keys(LoadedProvider loaded, Configuration configuration) {
        if (!configuration.get(AppSettings.CHECK_KEYS)) {
            return Finding.ok("keys", "not looked at: CHECK_KEYS is off");
        }
        return loaded.checkKeys(configuration)
                .map(reason -> Finding.bad("keys", "it is not known whether they are taken: " + reason))
                .orElseGet(() -> Finding.ok("keys", "none is refused"));
    }
}
