package io.patchcord.ari;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A request that failed. Futures of this client fail with this and nothing else, except for a cancellation by the
 * caller; where a future has been composed or waited for, {@link #from} finds it again.
 *
 * <p>A request that loses a race with a hang-up ends as {@link Kind#NOT_FOUND} or {@link Kind#CONFLICT}; that is normal
 * and no reason for an alarm.
 */
public final class AriException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What went wrong, told apart as far as a caller would act differently. */
    public enum Kind {
        /** 400: a parameter is missing or wrong. */
        BAD_REQUEST(""),
        /** 401: user or password are wrong, or Asterisk does not know the user. */
        UNAUTHORIZED("check the ARI user and its password in ari.conf"),
        /** 403: the user may only read, or an access list refuses our address. */
        FORBIDDEN("the ARI user is probably read-only (set read_only=no in ari.conf; in FreePBX set Read Only to No),"
                + " or an acl refuses this host"),
        /** 404: the object is not there, or no longer. */
        NOT_FOUND(""),
        /** 409: the object is in the wrong state, or its id exists already. */
        CONFLICT(""),
        /** 412: the channel is not in a state for this, such as not answered. */
        PRECONDITION(""),
        /** 422: understood, but not possible for this object. */
        UNPROCESSABLE(""),
        /** 5xx: Asterisk could not; its log has the reason. 503 while it is still booting. */
        SERVER("the reason is in Asterisk's log"),
        /** No answer: refused, reset, timed out, TLS not accepted. Whether Asterisk did it is not known. */
        UNREACHABLE(""),
        /** The client was closed before the answer came. */
        CLOSED(""),
        /** Any other status, and answers that cannot be understood. */
        OTHER("");

        private final String hint;

        Kind(String hint) {
            this.hint = hint;
        }

        static Kind ofStatus(int status) {
            return switch (status) {
                case 400 -> BAD_REQUEST;
                case 401 -> UNAUTHORIZED;
                case 403 -> FORBIDDEN;
                case 404 -> NOT_FOUND;
                case 409 -> CONFLICT;
                case 412 -> PRECONDITION;
                case 422 -> UNPROCESSABLE;
                default -> status >= 500 && status < 600 ? SERVER : OTHER;
            };
        }
    }

    private final String operation;
    private final int status;
    private final String asteriskMessage;
    private final Kind kind;

    /**
     * @param operation what was asked, such as {@code channels.answer}
     * @param status the HTTP status, 0 when no answer came
     * @param asteriskMessage the words of Asterisk, or of the network; empty when there were none
     */
    public AriException(String operation, int status, String asteriskMessage, Kind kind) {
        this(operation, "", status, asteriskMessage, kind, null);
    }

    AriException(AriRequest request, int status, String asteriskMessage, Kind kind, @Nullable Throwable cause) {
        this(request.operation(), request.target(), status, asteriskMessage, kind, cause);
    }

    private AriException(
            String operation, String target, int status, String asteriskMessage, Kind kind, @Nullable Throwable cause) {
        super(text(operation, target, status, asteriskMessage, kind), cause);
        this.operation = operation;
        this.status = status;
        this.asteriskMessage = asteriskMessage;
        this.kind = kind;
    }

    private static String text(String operation, String target, int status, String asteriskMessage, Kind kind) {
        StringBuilder text = new StringBuilder("ARI ").append(operation);
        if (!target.isEmpty()) {
            text.append(" (").append(target).append(')');
        }
        text.append(" failed: ").append(status == 0 ? kind.name() : status + " " + kind);
        if (!asteriskMessage.isEmpty()) {
            text.append(": ").append(asteriskMessage);
        }
        if (!kind.hint.isEmpty()) {
            text.append(" [").append(kind.hint).append(']');
        }
        return text.toString();
    }

    /** What a future failed with, freed of the wrappers that composing and waiting put around it. */
    public static AriException from(Throwable error) {
        Throwable cause = error;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof AriException failure
                ? failure
                : new AriException("unknown", "", 0, String.valueOf(cause), Kind.OTHER, cause);
    }

    /** What was asked, such as {@code channels.answer}; the same for every channel. */
    public String operation() {
        return operation;
    }

    /** The HTTP status, 0 when no answer came. */
    public int status() {
        return status;
    }

    /** The words of Asterisk, or of the network; empty when there were none. */
    public String asteriskMessage() {
        return asteriskMessage;
    }

    public Kind kind() {
        return kind;
    }
}
