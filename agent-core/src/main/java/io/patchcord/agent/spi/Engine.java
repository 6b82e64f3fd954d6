package io.patchcord.agent.spi;

import java.util.concurrent.CompletableFuture;

/**
 * The part of a provider that lives as long as the process and is shared by all calls: models, pools, HTTP clients.
 * Thread-safe.
 */
public interface Engine extends AutoCloseable {

    /** A few words for the start-up log: which model or service, with what that matters, such as {@code "Moonshine tiny-en, 2 threads"}. */
    String description();

    /**
     * Finds out before the first call whether the service takes the key: one authenticated request that is cheap and
     * changes nothing, such as a list of models. Called once after the engine was made, off the call loops, and not at all
     * if the user has switched it off. Returns at once. An engine that needs no key has nothing to do.
     *
     * @return completes on any thread when the key is taken; or fails with a {@link ProviderException}: of kind
     *     CONFIGURATION or UNAUTHORIZED if an administrator has to mend something, with a message that names the setting
     *     (such as {@code OPENAI_API_KEY}) and never its value; of another kind (UNAVAILABLE, TIMEOUT, RATE_LIMITED, …) if
     *     nothing is known about the key, which keeps no agent from starting. It need not have a deadline: whoever asks
     *     waits only for some seconds
     */
    default CompletableFuture<Void> check() {
        return CompletableFuture.completedFuture(null);
    }

    /** Frees models and threads. Sessions are closed before. Idempotent. */
    @Override
    void close();
}
