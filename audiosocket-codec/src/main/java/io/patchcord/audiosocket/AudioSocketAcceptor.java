package io.patchcord.audiosocket;

import java.util.Optional;

/** Decides on each new connection of an {@link AudioSocketServer}, by its UUID. */
@FunctionalInterface
public interface AudioSocketAcceptor {

    /**
     * Called on the connection's event loop when the UUID has arrived; must not block. The connection can be used at once.
     *
     * @return the listener of this connection, or nothing to turn it away: it is hung up and closed
     */
    Optional<AudioSocketListener> accept(AudioSocketConnection connection);
}
