package io.patchcord.agent.spi;

/**
 * The part of a provider that lives as long as the process and is shared by all calls: models, pools, HTTP clients.
 * Thread-safe.
 */
public interface Engine extends AutoCloseable {

    /** A few words for the start-up log: which model or service, with what that matters, such as {@code "Moonshine tiny-en, 2 threads"}. */
    String description();

    /** Frees models and threads. Sessions are closed before. Idempotent. */
    @Override
    void close();
}
