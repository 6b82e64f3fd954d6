package io.patchcord.app;

import io.patchcord.agent.asterisk.AriSettings;
import io.patchcord.ari.Application;
import io.patchcord.ari.AriClient;
import io.patchcord.ari.AriException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** Looks at an Asterisk with the eyes of the agent: reachable, the user right, the modules there. Blocks. */
final class AriCheck {

    private static final String SUBJECT = "ARI";

    private final AriClient ari;
    private final AriSettings settings;
    private final Consumer<Finding> findings;

    private AriCheck(AriClient ari, AriSettings settings, Consumer<Finding> findings) {
        this.ari = ari;
        this.settings = settings;
        this.findings = findings;
    }

    static void run(AriSettings settings, Consumer<Finding> findings) {
        var builder = AriClient.builder().uri(settings.base()).credentials(settings.user(), settings.password());
        settings.certificateAuthority().ifPresent(builder::trustedCa);
        try (AriClient ari = builder.build()) {
            new AriCheck(ari, settings, findings).run();
        } catch (IllegalArgumentException e) {
            findings.accept(Finding.bad(SUBJECT, String.valueOf(e.getMessage())));
        }
    }

    private void run() {
        try {
            String version = await(ari.asterisk().info()).system().version().raw();
            findings.accept(Finding.ok(SUBJECT, settings.base() + ", Asterisk " + version));
            checkMayWrite();
            checkModules();
            checkApplications();
        } catch (AriException e) {
            findings.accept(Finding.bad(SUBJECT, settings.base() + ": " + e.getMessage()));
        }
    }

    /** Asks for something that cannot be there to be removed: that it is not found tells that it might have been removed. */
    private void checkMayWrite() {
        String subject = "ARI user " + settings.user();
        try {
            await(ari.bridges().destroy("pc-check"));
            findings.accept(Finding.ok(subject, "may write"));
        } catch (AriException e) {
            findings.accept(
                    e.kind() == AriException.Kind.NOT_FOUND
                            ? Finding.ok(subject, "may write")
                            : Finding.bad(subject, String.valueOf(e.getMessage())));
        }
    }

    private void checkModules() {
        checkModule("res_audiosocket.so", "calls have no audio without it");
        checkModule("chan_audiosocket.so", "calls by Stasis() have no audio without it");
        checkModule("app_audiosocket.so", "AudioSocket() in the dialplan does not exist without it");
    }

    private void checkModule(String name, String loss) {
        findings.accept(
                await(ari.asterisk().hasModule(name))
                        ? Finding.ok(name, "is loaded")
                        : Finding.bad(
                                name,
                                "is not loaded, and " + loss + "; try \"module load " + name
                                        + "\" on Asterisk's console (Asterisk 18 or later has it)"));
    }

    private void checkApplications() {
        List<String> taken = new ArrayList<>(
                await(ari.applications().list()).stream().map(Application::name).toList());
        for (String name : settings.applications()) {
            String subject = "ARI application " + name;
            findings.accept(
                    taken.contains(name)
                            ? Finding.bad(
                                    subject,
                                    "a program serves it already; if that is no agent of yours, choose another"
                                            + " ASTERISK_APP_NAME")
                            : Finding.ok(subject, "nobody else serves it"));
        }
    }

    private static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw AriException.from(e);
        }
    }
}
