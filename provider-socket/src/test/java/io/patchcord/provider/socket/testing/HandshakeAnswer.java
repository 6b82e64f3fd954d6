package io.patchcord.provider.socket.testing;

import java.util.Map;

/** What a {@link FakeSocketServer} answers to a handshake. */
public sealed interface HandshakeAnswer {

    /** Opens the WebSocket. */
    record Accept(Map<String, String> headers) implements HandshakeAnswer {}

    /** An answer of HTTP's, after which the server ends the connection. */
    record Refuse(int status, Map<String, String> headers, String body) implements HandshakeAnswer {}

    /** Nothing, until the test calls {@link FakeConnection#accept} or {@link FakeConnection#refuse}. */
    record Hold() implements HandshakeAnswer {}

    /** These bytes and no more, one for each character; the connection stays. */
    record Raw(String bytes) implements HandshakeAnswer {}

    /** The end of the TCP connection: a reset, or in order. */
    record Cut(boolean reset) implements HandshakeAnswer {}

    static HandshakeAnswer accept() {
        return new Accept(Map.of());
    }

    static HandshakeAnswer accept(Map<String, String> headers) {
        return new Accept(headers);
    }

    static HandshakeAnswer refuse(int status, Map<String, String> headers, String body) {
        return new Refuse(status, headers, body);
    }

    static HandshakeAnswer hold() {
        return new Hold();
    }

    static HandshakeAnswer raw(String bytes) {
        return new Raw(bytes);
    }

    static HandshakeAnswer endOfStream() {
        return new Cut(false);
    }

    static HandshakeAnswer reset() {
        return new Cut(true);
    }
}
