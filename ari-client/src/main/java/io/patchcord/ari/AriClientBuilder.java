package io.patchcord.ari;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Options of an {@link AriClient}. Not thread-safe; can build several clients. */
public final class AriClientBuilder {

    private URI uri = URI.create("http://127.0.0.1:8088");
    private String user = "";
    private String password = "";
    private @Nullable Path trustedCa;
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration requestTimeout = Duration.ofSeconds(15);
    private int maxConcurrentRequests = 16;
    private final Set<String> applications = new LinkedHashSet<>();
    private @Nullable AriListener listener;
    private Duration pingInterval = Duration.ofSeconds(15);
    private Duration backOffInitial = Duration.ofMillis(500);
    private Duration backOffMaximum = Duration.ofSeconds(30);
    private int eventQueueCapacity = 4096;

    AriClientBuilder() {}

    /**
     * Where Asterisk's HTTP server is: {@code http://host:8088}, {@code https://host:8089}, with the {@code prefix} of
     * http.conf as its path if there is one; {@code /ari} is added when it is not the end already. Unless set,
     * {@code http://127.0.0.1:8088}.
     */
    public AriClientBuilder uri(URI uri) {
        this.uri = uri;
        return this;
    }

    /** The ARI user. Sent in the Authorization header of each request, and shown nowhere. */
    public AriClientBuilder credentials(String user, String password) {
        this.user = user;
        this.password = password;
        return this;
    }

    /** A PEM file of the certificate authorities to trust instead of Java's own. */
    public AriClientBuilder trustedCa(Path pem) {
        this.trustedCa = pem;
        return this;
    }

    /** How long connecting may take (5 s), TLS not counted. */
    public AriClientBuilder connectTimeout(Duration connectTimeout) {
        this.connectTimeout = positive("connect timeout", connectTimeout);
        return this;
    }

    /**
     * How long a request may take once it is under way (15 s); the wait for others when too many are
     * ({@link #maxConcurrentRequests}) does not count. External media needs some seconds when Asterisk connects to a host
     * that does not answer.
     */
    public AriClientBuilder requestTimeout(Duration requestTimeout) {
        this.requestTimeout = positive("request timeout", requestTimeout);
        return this;
    }

    /** How many requests are under way at once (16); others wait. Asterisk's http.conf has a sessionlimit of 100. */
    public AriClientBuilder maxConcurrentRequests(int maxConcurrentRequests) {
        if (maxConcurrentRequests < 1) {
            throw new IllegalArgumentException("at least one request must be possible, not " + maxConcurrentRequests);
        }
        this.maxConcurrentRequests = maxConcurrentRequests;
        return this;
    }

    /** The Stasis applications whose events and channels we want, all on one socket. */
    public AriClientBuilder applications(String... names) {
        for (String name : names) {
            if (name.isBlank() || name.contains(",")) {
                throw new IllegalArgumentException("'" + name + "' cannot be the name of a Stasis application");
            }
        }
        applications.addAll(List.of(names));
        return this;
    }

    /** Who hears of events. */
    public AriClientBuilder listener(AriListener listener) {
        this.listener = listener;
        return this;
    }

    /** How often we ping (15 s); a pong that is missing at the next ping means that the socket is lost. */
    public AriClientBuilder pingInterval(Duration pingInterval) {
        this.pingInterval = positive("ping interval", pingInterval);
        return this;
    }

    /** The first and the longest wait between two attempts (0.5 s, 30 s); each has a random part. */
    public AriClientBuilder backOff(Duration initial, Duration maximum) {
        this.backOffInitial = positive("first back-off", initial);
        this.backOffMaximum = positive("longest back-off", maximum);
        return this;
    }

    /** How many events may wait for the listener (4096) before the socket is given up and opened anew. */
    public AriClientBuilder eventQueueCapacity(int eventQueueCapacity) {
        if (eventQueueCapacity < 1) {
            throw new IllegalArgumentException("at least one event must fit, not " + eventQueueCapacity);
        }
        this.eventQueueCapacity = eventQueueCapacity;
        return this;
    }

    /**
     * A client that has not connected yet.
     *
     * @throws IllegalArgumentException when something is missing or cannot be; says what to give instead
     */
    public AriClient build() {
        AriEndpoint endpoint = AriEndpoint.of(uri, user, password);
        if (applications.isEmpty() != (listener == null)) {
            throw new IllegalArgumentException(
                    "applications and a listener belong together: give both for events, none for requests alone");
        }
        OkHttpClient client =
                HttpClients.create(connectTimeout, requestTimeout, maxConcurrentRequests, endpoint, trustedCa);
        return new AriClient(
                new AriHttp(client, endpoint), endpoint, listener == null ? null : events(client, endpoint, listener));
    }

    private EventsSocket events(OkHttpClient client, AriEndpoint endpoint, AriListener listener) {
        return new EventsSocket(
                client.newBuilder().pingInterval(pingInterval).build(),
                endpoint,
                applications,
                listener,
                new BackOff(backOffInitial, backOffMaximum, new Random()),
                new EventLoop("ari-events-" + String.join("+", applications), eventQueueCapacity));
    }

    private static Duration positive(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(what + " must be longer than " + value);
        }
        return value;
    }
}
