package io.patchcord.ari;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A client of one Asterisk's REST Interface: requests over HTTP, events over one WebSocket.
 *
 * <p>Thread-safe. A request returns at once; its future completes on one of the client's HTTP threads, so hop to a
 * thread of your own before you do more than a little there. Events come on another thread, in order
 * ({@link AriListener}).
 *
 * <p>Life cycle: {@link #builder()}, then requests; {@link #connect()} when the listener is ready for events;
 * {@link #close()}.
 */
public final class AriClient implements AutoCloseable {

    private final AriHttp http;
    private final AriEndpoint endpoint;
    private final @Nullable EventsSocket events;
    private final AtomicBoolean connecting = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Channels channels;
    private final Bridges bridges;
    private final Playbacks playbacks;
    private final Recordings recordings;
    private final Applications applications;
    private final Asterisk asterisk;

    AriClient(AriHttp http, AriEndpoint endpoint, @Nullable EventsSocket events) {
        this.http = http;
        this.endpoint = endpoint;
        this.events = events;
        this.channels = new Channels(http);
        this.bridges = new Bridges(http);
        this.playbacks = new Playbacks(http);
        this.recordings = new Recordings(http);
        this.applications = new Applications(http);
        this.asterisk = new Asterisk(http);
    }

    public static AriClientBuilder builder() {
        return new AriClientBuilder();
    }

    /**
     * Opens the events socket and keeps it open until {@link #close()}, or until another client takes the applications
     * over. Returns at once; the listener is told how it went. A second call does nothing.
     *
     * @throws IllegalStateException when the client was built without applications and listener, or is closed
     */
    public void connect() {
        if (events == null) {
            throw new IllegalStateException("no applications and listener were given to the builder");
        }
        if (closed.get()) {
            throw new IllegalStateException("the client is closed");
        }
        if (connecting.compareAndSet(false, true)) {
            events.start();
        }
    }

    public Channels channels() {
        return channels;
    }

    public Bridges bridges() {
        return bridges;
    }

    public Playbacks playbacks() {
        return playbacks;
    }

    public Recordings recordings() {
        return recordings;
    }

    public Applications applications() {
        return applications;
    }

    public Asterisk asterisk() {
        return asterisk;
    }

    /**
     * Closes the events socket and ends all requests; those without an answer fail with
     * {@link AriException.Kind#CLOSED}. No call of the listener begins after this returns; one that is running is waited
     * for, for some seconds, unless this is called by the listener itself. Idempotent.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            if (events != null) {
                events.close();
            }
            http.close();
        }
    }

    /** The address, without credentials. */
    @Override
    public String toString() {
        return "AriClient[" + endpoint + "]";
    }
}
