package io.patchcord.ari.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The events sockets: one owner for each application, the newest. The one before is told ApplicationReplaced, stays open
 * and hears nothing more. Thread-safe.
 */
final class FakeSockets {

    private final Map<String, WebSocket> owners = new HashMap<>();
    private final Set<WebSocket> all = new HashSet<>();
    private final AtomicInteger goodbyes = new AtomicInteger();
    private final Runnable changed;
    private int opened;

    /** Who is told, outside of any lock, that a socket came or went. */
    FakeSockets(Runnable changed) {
        this.changed = changed;
    }

    /** The server's side of one socket for some applications. */
    WebSocketListener listener(List<String> applications) {
        return new WebSocketListener() {
            @Override
            public void onOpen(WebSocket socket, Response response) {
                add(socket, applications);
                changed.run();
            }

            @Override
            public void onMessage(WebSocket socket, ByteString bytes) {
                throw new AssertionError("a client sent a binary message");
            }

            @Override
            public void onClosing(WebSocket socket, int code, String reason) {
                goodbyes.incrementAndGet();
                remove(socket);
                changed.run();
                socket.close(1000, null);
            }

            @Override
            public void onFailure(WebSocket socket, Throwable error, @Nullable Response response) {
                remove(socket);
                changed.run();
            }
        };
    }

    private synchronized void add(WebSocket socket, List<String> applications) {
        opened++;
        all.add(socket);
        for (String application : applications) {
            WebSocket before = owners.put(application, socket);
            if (before != null) {
                before.send(FakePbx.event("ApplicationReplaced", application).toString());
            }
        }
    }

    private synchronized void remove(WebSocket socket) {
        all.remove(socket);
        owners.values().removeIf(socket::equals);
    }

    synchronized boolean has(String application) {
        return owners.containsKey(application);
    }

    int goodbyes() {
        return goodbyes.get();
    }

    synchronized int opened() {
        return opened;
    }

    synchronized void send(ObjectNode event) {
        WebSocket owner = owners.get(event.path("application").asText());
        if (owner != null) {
            owner.send(event.toString());
        }
    }

    synchronized void sendToAll(String text) {
        all.forEach(socket -> socket.send(text));
    }

    synchronized void close(int code, String reason) {
        all.forEach(socket -> socket.close(code, reason));
        owners.clear();
    }
}
