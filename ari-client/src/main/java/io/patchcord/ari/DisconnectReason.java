package io.patchcord.ari;

/**
 * Why there is no events socket.
 *
 * @param status the HTTP status of a refused handshake, else 0
 * @param message for people: what, where, and what to look at
 */
public record DisconnectReason(Kind kind, int status, String message) {

    /** The reasons, told apart as far as someone would act differently. */
    public enum Kind {
        /** Asterisk cannot be reached: refused, timed out, TLS not accepted. */
        UNREACHABLE,
        /** 401: user or password are wrong. */
        UNAUTHORIZED,
        /** 403: an access list refuses us. */
        FORBIDDEN,
        /** 404: no ARI at this address: not enabled, another prefix, or not loaded yet. */
        NOT_FOUND,
        /** 503: Asterisk is still booting. */
        BOOTING,
        /** Any other answer to the handshake. */
        REFUSED,
        /** An open socket broke, or a ping was not answered. */
        LOST,
        /** Asterisk closed the socket: it stops, or we read too slowly. */
        CLOSED_BY_ASTERISK,
        /** The listener did not keep up. */
        OVERFLOW,
        /** Another socket took over all our applications. Not retried: two agents would fight for ever. */
        REPLACED;

        /**
         * Whether only a change of the configuration will help, so that there is no hurry to try again. NOT_FOUND is none
         * of these: a starting Asterisk answers so until its ARI module is loaded.
         */
        boolean needsAdministrator() {
            return this == UNAUTHORIZED || this == FORBIDDEN;
        }
    }

    @Override
    public String toString() {
        return kind + ": " + message;
    }
}
