package io.patchcord.provider.socket;

import java.time.Duration;
import java.util.Map;

/** How a socket ended, or why it never opened. */
public sealed interface SocketEnd {

    /**
     * The server answered the handshake, but not by opening a WebSocket. Redirects are such answers, too: they are not
     * followed, since they would take the credentials to a place that nobody configured.
     *
     * @param status of HTTP
     * @param headers names in lower case, values of one name joined by commas
     * @param body its first 64 KiB, which may hold anything, also an echo of the request's secrets
     */
    record Refused(int status, Map<String, String> headers, String body) implements SocketEnd {

        public Refused {
            headers = Map.copyOf(headers);
        }

        /** Without headers and body, which may hold secrets. */
        @Override
        public String toString() {
            return "Refused[status=" + status + ", body of " + body.length() + " characters]";
        }
    }

    /** The peer sent a close frame. The code is 1005 when the frame had none. */
    record ClosedByPeer(int code, String reason) implements SocketEnd {

        /** Without the reason, which may hold anything, also an echo of the request's secrets. */
        @Override
        public String toString() {
            return "ClosedByPeer[code=" + code + ", reason of " + reason.length() + " characters]";
        }
    }

    /** {@link ProviderSocket#close} with this code, or 1006 for {@link ProviderSocket#abort} and {@link ProviderSockets#close}. */
    record ClosedByUs(int code) implements SocketEnd {}

    /**
     * The connection could not be made or broke, without a close frame: what RFC 6455 calls 1006.
     *
     * @param what happened, in words for a log
     */
    record Lost(String what) implements SocketEnd {}

    /** The handshake, from the look-up of the name to the server's answer, was not done in time. */
    record TimedOut(Duration after) implements SocketEnd {}
}
