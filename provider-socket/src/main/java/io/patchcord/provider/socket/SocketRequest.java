package io.patchcord.provider.socket;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * What to connect to, and how. Immutable.
 *
 * @param uri {@code ws} or {@code wss}, without user and fragment; the query is sent as it is written
 * @param headers added to the handshake
 * @param handshakeTimeout for everything from the look-up of the name to the server's answer
 * @param pingInterval of silence after which the peer is asked for a sign of life; after a second one without any the
 *     connection is lost. Zero sends no pings
 * @param maxMessageBytes that an incoming message may have, all fragments together
 */
public record SocketRequest(
        URI uri, Map<String, String> headers, Duration handshakeTimeout, Duration pingInterval, int maxMessageBytes) {

    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PING_INTERVAL = Duration.ofSeconds(20);
    private static final int MAX_MESSAGE_BYTES = 16 << 20;

    /**
     * @throws IllegalArgumentException if the address is none of a WebSocket, a header cannot be sent, or a bound makes no
     *     sense; the message holds no value of a header or of the query
     */
    public SocketRequest {
        Peer.of(uri);
        headers.forEach(SocketRequest::check);
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        if (handshakeTimeout.isNegative() || handshakeTimeout.isZero()) {
            throw new IllegalArgumentException("the time for the handshake must be more than nothing");
        }
        if (pingInterval.isNegative()) {
            throw new IllegalArgumentException("the interval of pings must not be negative; zero sends none");
        }
        if (maxMessageBytes < 1) {
            throw new IllegalArgumentException("the longest message must have a byte at least");
        }
    }

    /** A request with 5 s for the handshake, a ping after 20 s of silence, and messages of up to 16 MiB. */
    public static SocketRequest to(URI uri) {
        return new SocketRequest(uri, Map.of(), HANDSHAKE_TIMEOUT, PING_INTERVAL, MAX_MESSAGE_BYTES);
    }

    /** With one more header, which replaces an earlier one that has the very same name. */
    public SocketRequest header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new SocketRequest(uri, more, handshakeTimeout, pingInterval, maxMessageBytes);
    }

    public SocketRequest withHandshakeTimeout(Duration timeout) {
        return new SocketRequest(uri, headers, timeout, pingInterval, maxMessageBytes);
    }

    public SocketRequest withPingInterval(Duration interval) {
        return new SocketRequest(uri, headers, handshakeTimeout, interval, maxMessageBytes);
    }

    public SocketRequest withMaxMessageBytes(int bytes) {
        return new SocketRequest(uri, headers, handshakeTimeout, pingInterval, bytes);
    }

    private static void check(String name, String value) {
        if (name.isEmpty() || !name.chars().allMatch(SocketRequest::isTokenCharacter)) {
            throw new IllegalArgumentException("a header's name holds a character that none may have");
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("upgrade") || lower.equals("connection") || lower.startsWith("sec-websocket-")) {
            throw new IllegalArgumentException("the header " + name + " is written by the socket itself");
        }
        if (!value.chars().allMatch(c -> (c >= ' ' && c < 0x7F) || c == '\t')) {
            throw new IllegalArgumentException(
                    "the value of the header " + name + " holds a character that none may have");
        }
    }

    private static boolean isTokenCharacter(int c) {
        return c > ' ' && c < 0x7F && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
    }

    /** The address with the names of the query's parameters and of the headers, without their values. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(" ");
        text.add(uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath() + parameters());
        headers.keySet().forEach(name -> text.add(name + ":…"));
        return text.toString();
    }

    private String parameters() {
        return uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery().replaceAll("=[^&]*", "=…");
    }
}
