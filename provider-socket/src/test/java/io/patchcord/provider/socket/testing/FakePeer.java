package io.patchcord.provider.socket.testing;

/** What a {@link FakeSocketServer} does on its connections. Called on the server's one event loop, in order. */
public interface FakePeer {

    /** The handshake is done. */
    default void opened(FakeConnection connection) {}

    default void text(FakeConnection connection, String message) {}

    default void binary(FakeConnection connection, byte[] message) {}
}
