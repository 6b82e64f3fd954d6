package io.patchcord.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What each setting alone does not show: settings that miss or contradict each other. */
final class Consistency {

    private static final Set<String> ANY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");

    private final Configuration configuration;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private Consistency(Configuration configuration) {
        this.configuration = configuration;
    }

    static List<ConfigProblem> check(Configuration configuration, ProviderSettings providers) {
        Consistency consistency = new Consistency(configuration);
        consistency.checkProvider(providers);
        consistency.checkAri();
        return consistency.problems;
    }

    private void checkProvider(ProviderSettings providers) {
        if (providers.chosen(configuration).isEmpty()) {
            missing(providers.provider(), remedyForProvider(providers.names()));
        }
    }

    private static String remedyForProvider(List<String> names) {
        return names.isEmpty()
                ? "no provider of a whole conversation is in this jar: take another jar, or name one each with STT_PROVIDER,"
                        + " LLM_PROVIDER and TTS_PROVIDER"
                : "this jar has several providers; write " + NearMiss.alternatives("", names);
    }

    private void checkAri() {
        boolean user = configuration.find(AppSettings.ASTERISK_ARI_USERNAME).isPresent();
        boolean password = configuration.find(AppSettings.ASTERISK_ARI_PASSWORD).isPresent();
        if (user && !password) {
            missing(
                    AppSettings.ASTERISK_ARI_PASSWORD,
                    "ASTERISK_ARI_USERNAME needs it; set it, or ASTERISK_ARI_PASSWORD_FILE");
        }
        if (password && !user) {
            missing(AppSettings.ASTERISK_ARI_USERNAME, "ASTERISK_ARI_PASSWORD is of no use without it");
        }
        if (user && configuration.find(AppSettings.AUDIOSOCKET_ADVERTISE).isEmpty()) {
            checkWayBack();
        }
    }

    /** Asterisk is told the address that we listen on: from another machine some cannot be reached. */
    private void checkWayBack() {
        String asterisk = configuration.get(AppSettings.ASTERISK_HOST);
        String ours = configuration.get(AppSettings.AUDIOSOCKET_HOST);
        if (!isLoopback(asterisk) && (isLoopback(ours) || ANY_ADDRESS.contains(ours))) {
            problems.add(new ConfigProblem(
                    AppSettings.AUDIOSOCKET_HOST.name(),
                    Optional.of(ours),
                    configuration.place(AppSettings.AUDIOSOCKET_HOST.name()),
                    "Asterisk at " + asterisk
                            + " cannot connect to this address; write the address of this machine that it"
                            + " can reach, or set AUDIOSOCKET_ADVERTISE to HOST:PORT as it sees them"));
        }
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1") || host.equals("[::1]");
    }

    private void missing(Setting<?> setting, String remedy) {
        problems.add(new ConfigProblem(setting.name(), Optional.empty(), "not set", remedy));
    }
}
