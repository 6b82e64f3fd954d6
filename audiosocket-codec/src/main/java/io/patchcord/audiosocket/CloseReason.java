package io.patchcord.audiosocket;

/**
 * Why a connection ended.
 *
 * @param kind the sort of end
 * @param detail a sentence for logs; empty when the kind says it all
 */
public record CloseReason(Kind kind, String detail) {

    /** The sorts of end. */
    public enum Kind {
        /** The peer closed the connection. From Asterisk: the caller hung up, or the channel is gone. */
        REMOTE_CLOSED,
        /** The peer sent a hang-up message. */
        REMOTE_HANGUP,
        /** The peer sent an error message. */
        REMOTE_ERROR,
        /** This side hung up or closed. */
        LOCAL_HANGUP,
        /** The server or the client that the connection belongs to was closed. */
        SHUTDOWN,
        /** The peer sent what AudioSocket does not allow. */
        PROTOCOL_ERROR,
        /** The peer has stopped reading. */
        STALLED,
        /**
         * The peer reset the connection. From Asterisk mostly a caller who hung up: it closes without reading what has just
         * arrived, which TCP answers with a reset.
         */
        REMOTE_RESET,
        /** The connection failed. */
        CONNECTION_LOST,
        /** The application's handler threw an exception. */
        HANDLER_FAILED
    }

    static CloseReason of(Kind kind) {
        return new CloseReason(kind, "");
    }

    @Override
    public String toString() {
        return detail.isEmpty() ? kind.name() : kind + " (" + detail + ")";
    }
}
