package io.patchcord.ari;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one events socket open for a set of applications.
 *
 * <p>Everything here is confined to the event loop, {@link #close} apart: a {@link SocketConnection} reads on a thread
 * of its own and hands over what it read. The next attempt is scheduled once the listener has heard of the loss, so
 * events and losses reach it in the order in which they happened.
 *
 * <p>Asterisk lets a second socket take an application over: the first gets ApplicationReplaced, stays open, and
 * hears nothing of that application again (app_update in res/stasis/app.c). Such an application is not asked for
 * again; when none is left, the socket is given up.
 */
final class EventsSocket implements SocketConnection.Owner {

    private static final Logger log = LoggerFactory.getLogger(EventsSocket.class);

    private final OkHttpClient client;
    private final AriEndpoint endpoint;
    private final Set<String> applications;
    private final AriListener listener;
    private final BackOff backOff;
    private final EventLoop loop;
    private volatile @Nullable SocketConnection current;
    private volatile boolean closed;
    private long connectedAt;
    private boolean connected;
    private DisconnectReason.@Nullable Kind lastLogged;

    EventsSocket(
            OkHttpClient client,
            AriEndpoint endpoint,
            Collection<String> applications,
            AriListener listener,
            BackOff backOff,
            EventLoop loop) {
        this.client = client;
        this.endpoint = endpoint;
        this.applications = new LinkedHashSet<>(applications);
        this.listener = listener;
        this.backOff = backOff;
        this.loop = loop;
    }

    void start() {
        loop.start();
        loop.execute(this::open);
    }

    private void open() {
        if (closed) {
            return;
        }
        SocketConnection connection = new SocketConnection(this, loop, endpoint);
        current = connection;
        connection.open(client, endpoint.events(applications));
        if (closed) {
            connection.abort(); // close() may have looked at current just before it was set
        }
    }

    @Override
    public void opened(SocketConnection connection) {
        if (connection != current) {
            return;
        }
        connected = true;
        connectedAt = System.nanoTime();
        lastLogged = null;
        log.info("ARI events of {} from {}", applications, endpoint.address());
        listener.onConnected();
    }

    @Override
    public void received(SocketConnection connection, AriEvent event) {
        if (connection != current) {
            return;
        }
        try {
            listener.onEvent(event);
        } finally {
            if (event instanceof AriEvent.ApplicationReplaced) {
                replaced(connection, event.application());
            }
        }
    }

    private void replaced(SocketConnection connection, String application) {
        log.error(
                "Another ARI client took over application '{}' at {}: its calls go there from now on. Two agents need"
                        + " two application names.",
                application,
                endpoint.address());
        applications.remove(application);
        if (applications.isEmpty() && !closed) {
            connection.close();
            current = null;
            connected = false;
            listener.onDisconnected(
                    new DisconnectReason(
                            DisconnectReason.Kind.REPLACED,
                            0,
                            "another ARI client took over application '" + application + "' at " + endpoint.address()),
                    false);
        }
    }

    @Override
    public void ended(SocketConnection connection, DisconnectReason reason) {
        if (connection != current) {
            return;
        }
        current = null;
        Duration delay = delayAfter(reason);
        say(reason, delay);
        try {
            listener.onDisconnected(reason, true);
        } finally {
            CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, loop)
                    .execute(this::open);
        }
    }

    private Duration delayAfter(DisconnectReason reason) {
        Duration held = connected ? Duration.ofNanos(System.nanoTime() - connectedAt) : Duration.ZERO;
        connected = false;
        return reason.kind().needsAdministrator() ? backOff.longDelay() : backOff.delayAfterLoss(held);
    }

    /** Says each kind of trouble once at a level that people see. */
    private void say(DisconnectReason reason, Duration delay) {
        if (reason.kind() == lastLogged) {
            log.debug("Still no ARI events: {}. Next attempt in {} ms", reason, delay.toMillis());
        } else {
            lastLogged = reason.kind();
            log.warn("No ARI events: {}. Next attempt in {} ms, and so on until it works", reason, delay.toMillis());
        }
    }

    /** Ends it for good; from any thread. */
    void close() {
        closed = true;
        SocketConnection connection = current;
        if (connection != null) {
            connection.close();
        }
        loop.close();
    }
}
