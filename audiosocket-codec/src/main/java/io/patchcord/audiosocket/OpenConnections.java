package io.patchcord.audiosocket;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The connections of a server or client, so that they can be ended together. Thread-safe. */
final class OpenConnections {

    private final Set<ConnectionHandler> connections = ConcurrentHashMap.newKeySet();

    /** Keeps the connection until its channel is closed. */
    void add(ConnectionHandler connection) {
        connections.add(connection);
        connection.channel().closeFuture().addListener(gone -> connections.remove(connection));
    }

    /** Ends all connections in order, and runs the task when the last of them is closed. */
    void hangupAll(Runnable then) {
        List<ConnectionHandler> ending = List.copyOf(connections);
        AtomicInteger left = new AtomicInteger(ending.size() + 1);
        Runnable oneLess = () -> {
            if (left.decrementAndGet() == 0) {
                then.run();
            }
        };
        for (ConnectionHandler connection : ending) {
            connection.channel().closeFuture().addListener(gone -> oneLess.run());
            connection.hangup(CloseReason.of(CloseReason.Kind.SHUTDOWN));
        }
        oneLess.run();
    }
}
