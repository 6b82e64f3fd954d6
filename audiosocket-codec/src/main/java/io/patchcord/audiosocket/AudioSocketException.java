package io.patchcord.audiosocket;

/** What can go wrong with AudioSocket, told apart by {@link #kind()}. */
public final class AudioSocketException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** The sort of trouble. */
    public enum Kind {
        /** The address could not be bound. */
        BIND,
        /** The server could not be reached, or ended the connection before it was established. */
        CONNECT,
        /** The peer sent what AudioSocket does not allow. */
        PROTOCOL
    }

    private final Kind kind;

    AudioSocketException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    AudioSocketException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
