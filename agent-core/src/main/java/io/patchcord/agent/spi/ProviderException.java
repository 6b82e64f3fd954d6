package io.patchcord.agent.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A provider cannot do what it was asked. The kind tells what may help; the message is for a person and never holds a
 * secret.
 */
public final class ProviderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final @Nullable Duration retryAfter;

    /** What may help. */
    public enum Kind {
        /** A setting is missing or wrong: an administrator has to mend it. Several mistakes are a line each of the message. */
        CONFIGURATION,
        /** The key is refused. */
        UNAUTHORIZED,
        /** The service wants fewer requests; {@link #retryAfter} may say when. */
        RATE_LIMITED,
        /** Our own pools are full; this call may be served later or by another provider. */
        BUSY,
        /** It took longer than its deadline. */
        TIMEOUT,
        /** The service cannot be reached, or the connection broke. */
        UNAVAILABLE,
        /** The service did not take the request, and will not take it again. */
        REJECTED,
        /** A mistake of the provider's, or an answer that makes no sense. */
        INTERNAL
    }

    public ProviderException(Kind kind, String message) {
        this(kind, message, null, null);
    }

    public ProviderException(Kind kind, String message, @Nullable Throwable cause) {
        this(kind, message, cause, null);
    }

    public ProviderException(Kind kind, String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    public Kind kind() {
        return kind;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The exception itself if it is one of ours, else one of kind INTERNAL around it. */
    public static ProviderException of(Throwable error) {
        Throwable cause = error;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof ProviderException ours
                ? ours
                : new ProviderException(Kind.INTERNAL, String.valueOf(cause), cause);
    }
}
