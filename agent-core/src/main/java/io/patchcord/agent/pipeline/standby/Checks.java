package io.patchcord.agent.pipeline.standby;

import io.patchcord.agent.spi.Engine;
import io.patchcord.agent.spi.ProviderException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of the checks of engines that stand in for each other. */
public final class Checks {

    private static final Logger log = LoggerFactory.getLogger(Checks.class);

    private Checks() {}

    /**
     * One that can serve is enough; the failures of the others are logged as warnings. If there is none, it fails: as if
     * nothing were known when that is so of any of them, else with what is wrong with the first.
     */
    public static CompletableFuture<Void> anyOf(List<? extends Engine> engines) {
        List<CompletableFuture<Void>> checks =
                engines.stream().map(Checks::begin).toList();
        return CompletableFuture.allOf(checks.toArray(CompletableFuture[]::new))
                .handle((done, error) -> verdict(engines, checks))
                .thenAccept(served -> log.debug("{} of {} can serve", served, engines.size()));
    }

    private static long verdict(List<? extends Engine> engines, List<CompletableFuture<Void>> checks) {
        List<ProviderException> failures = checks.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .map(Checks::failure)
                .toList();
        if (failures.size() == checks.size()) {
            throw failures.stream()
                    .filter(failure -> !isForAnAdministrator(failure))
                    .findFirst()
                    .orElse(failures.get(0));
        }
        for (int i = 0; i < checks.size(); i++) {
            if (checks.get(i).isCompletedExceptionally()) {
                String description = engines.get(i).description();
                log.warn(
                        "{} cannot serve: {}",
                        description,
                        failure(checks.get(i)).getMessage());
            }
        }
        return (long) checks.size() - failures.size();
    }

    private static boolean isForAnAdministrator(ProviderException failure) {
        return failure.kind() == ProviderException.Kind.CONFIGURATION
                || failure.kind() == ProviderException.Kind.UNAUTHORIZED;
    }

    private static CompletableFuture<Void> begin(Engine engine) {
        try {
            return engine.check();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static ProviderException failure(CompletableFuture<Void> check) {
        Throwable cause = check.handle(
                        (done, error) -> error == null ? new IllegalStateException("it did not fail") : error)
                .join();
        return ProviderException.of(cause);
    }
}
