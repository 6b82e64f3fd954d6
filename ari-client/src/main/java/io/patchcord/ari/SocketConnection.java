package io.patchcord.ari;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at an events socket, from handshake to end. Read on a thread of OkHttp, which never waits here: Asterisk
 * closes a socket whose reader lets 100 ms pass (websocket_write_timeout).
 */
final class SocketConnection extends WebSocketListener {

    /** How long an orderly close may take. */
    private static final int CLOSE_SECONDS = 1;

    private static final int NORMAL_CLOSURE = 1000;

    /** Who is told, on the event loop: opened at most once, then events, then ended at most once. */
    interface Owner {
        void opened(SocketConnection connection);

        void received(SocketConnection connection, AriEvent event);

        void ended(SocketConnection connection, DisconnectReason reason);
    }

    private final Owner owner;
    private final EventLoop loop;
    private final AriEndpoint endpoint;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean open;
    private volatile @Nullable WebSocket socket;

    SocketConnection(Owner owner, EventLoop loop, AriEndpoint endpoint) {
        this.owner = owner;
        this.loop = loop;
        this.endpoint = endpoint;
    }

    void open(OkHttpClient client, HttpUrl url) {
        socket = client.newWebSocket(endpoint.authorized(url).build(), this);
    }

    @Override
    public void onOpen(WebSocket webSocket, Response response) {
        open = true;
        if (!over.get()) {
            loop.execute(() -> owner.opened(this));
        }
    }

    @Override
    public void onMessage(WebSocket webSocket, String text) {
        if (over.get()) {
            return;
        }
        Optional<AriEvent> event = EventDecoder.decode(text);
        if (event.isPresent() && !loop.offer(() -> owner.received(this, event.get()))) {
            end(
                    DisconnectReason.Kind.OVERFLOW,
                    0,
                    "the listener is too slow: the queue of events is full, and newer events are lost");
            webSocket.cancel();
        }
    }

    @Override
    public void onClosing(WebSocket webSocket, int code, String reason) {
        webSocket.close(NORMAL_CLOSURE, null);
        end(
                DisconnectReason.Kind.CLOSED_BY_ASTERISK,
                0,
                endpoint.address() + " closed the socket (" + code + (reason.isEmpty() ? "" : " " + reason) + ")");
    }

    @Override
    public void onFailure(WebSocket webSocket, Throwable error, @Nullable Response response) {
        if (open) {
            end(DisconnectReason.Kind.LOST, 0, endpoint.address() + ": " + lost(error));
        } else if (response != null) {
            refused(response);
        } else {
            end(DisconnectReason.Kind.UNREACHABLE, 0, endpoint.address() + ": " + explain(error));
        }
    }

    private static String lost(Throwable error) {
        // OkHttp's ping reports a missing pong with this type; an events socket has no read timeout.
        String what = error instanceof SocketTimeoutException ? "a ping was not answered" : "the connection broke";
        return error.getMessage() == null ? what : what + ": " + error.getMessage();
    }

    private String explain(Throwable error) {
        return error instanceof IOException failure ? endpoint.explain(failure) : error.toString();
    }

    private void refused(Response response) {
        int status = response.code();
        String words = AriHttp.words(response);
        String said = words.isEmpty() ? "" : " \"" + words + "\"";
        DisconnectReason.Kind kind = switch (status) {
            case 401 -> DisconnectReason.Kind.UNAUTHORIZED;
            case 403 -> DisconnectReason.Kind.FORBIDDEN;
            case 404 -> DisconnectReason.Kind.NOT_FOUND;
            case 503 -> DisconnectReason.Kind.BOOTING;
            default -> DisconnectReason.Kind.REFUSED;
        };
        end(kind, status, endpoint + " answered " + status + said + hint(kind));
    }

    private static String hint(DisconnectReason.Kind kind) {
        return switch (kind) {
            case UNAUTHORIZED -> "; check the ARI user and its password (ari.conf)";
            case FORBIDDEN -> "; an acl of http.conf or ari.conf refuses this host";
            case NOT_FOUND -> "; is res_ari loaded and enabled (ari.conf), and does the prefix of http.conf match?";
            case BOOTING -> "; Asterisk is still booting";
            default -> "";
        };
    }

    private void end(DisconnectReason.Kind kind, int status, String message) {
        if (over.compareAndSet(false, true)) {
            DisconnectReason reason = new DisconnectReason(kind, status, message);
            loop.execute(() -> owner.ended(this, reason));
        }
    }

    /** Says goodbye without telling the owner, and makes sure that the connection goes. */
    void close() {
        over.set(true);
        WebSocket open = socket;
        if (open == null) {
            return;
        }
        if (!open.close(NORMAL_CLOSURE, null)) {
            open.cancel();
            return;
        }
        CompletableFuture.delayedExecutor(CLOSE_SECONDS, TimeUnit.SECONDS).execute(open::cancel);
    }

    /** Ends it at once without telling the owner. */
    void abort() {
        over.set(true);
        WebSocket open = socket;
        if (open != null) {
            open.cancel();
        }
    }
}
