package io.patchcord.app.caller;

/** What was asked for cannot be done as it was asked for; the message says why, and what to write instead. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }

    UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
