package io.patchcord.ari.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.ari.AriClient;
import io.patchcord.ari.AriClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.MockWebServer;
import org.jspecify.annotations.Nullable;

/**
 * An Asterisk of which only the REST Interface is there: a small PBX ({@link #pbx()}) behind real HTTP and a real
 * events socket on a loopback port, that records what is asked and can be told to misbehave.
 *
 * <p>Users as in the lab: {@code agent} and {@code observer} (read-only), with the name as the password. Thread-safe;
 * closing it ends all connections.
 *
 * <p>Whoever uses it from another module needs {@code mockwebserver3} in test scope besides this module's test-jar.
 */
public final class FakeAri implements AutoCloseable {

    /** How long a test waits for something that has to come. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private final MockWebServer server = new MockWebServer();
    private final List<FakeRequest> requests = new CopyOnWriteArrayList<>();
    private final FakeConnections connections = new FakeConnections();
    private final FakeRules rules = new FakeRules();
    private final FakeSockets sockets = new FakeSockets(this::changed);
    private final FakePbx pbx = new FakePbx(sockets::send);
    private final Object change = new Object();
    private final URI uri;

    private FakeAri(int port, String prefix, @Nullable SSLSocketFactory tls) {
        FakeOperations operations = new FakeOperations(pbx);
        server.setDispatcher(new FakeDispatcher(rules, sockets, operations, this::recorded));
        server.setServerSocketFactory(connections);
        if (tls != null) {
            server.useHttps(tls);
        }
        try {
            server.start(InetAddress.getLoopbackAddress(), port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.uri = URI.create((tls == null ? "http" : "https") + "://127.0.0.1:" + server.getPort() + prefix);
    }

    /** A fake on a free port. */
    public static FakeAri start() {
        return new FakeAri(0, "", null);
    }

    /** A fake on a known port: to come back where another one was. */
    public static FakeAri start(int port) {
        return new FakeAri(port, "", null);
    }

    /** A fake behind TLS, with a {@code prefix} as of http.conf. */
    public static FakeAri start(String prefix, SSLSocketFactory tls) {
        return new FakeAri(0, prefix, tls);
    }

    public URI uri() {
        return uri;
    }

    public int port() {
        return server.getPort();
    }

    /** A client builder for this fake, with its user, and short waits. */
    public AriClientBuilder clientBuilder() {
        return AriClient.builder()
                .uri(uri)
                .credentials("agent", "agent")
                .backOff(Duration.ofMillis(10), Duration.ofMillis(50));
    }

    /** The channels and bridges. */
    public FakePbx pbx() {
        return pbx;
    }

    // What it shall do wrong ------------------------------------------------------------------------------------------

    /** Refuses the next request of a method whose path (such as {@code /bridges/.+/addChannel}) matches. */
    public void failNext(String method, String pathPattern, int status, String message) {
        rules.add(method, pathPattern, FakeReply.refusal(status, message), true);
    }

    /** Refuses all such requests from now on. */
    public void failAlways(String method, String pathPattern, int status, String message) {
        rules.add(method, pathPattern, FakeReply.refusal(status, message), false);
    }

    /** Answers the next such request with something of the test's own. */
    public void answerNext(String method, String pathPattern, FakeReply reply) {
        rules.add(method, pathPattern, reply, true);
    }

    /** Breaks the connection of the next such request instead of answering; it counts as received. */
    public void breakNext(String method, String pathPattern) {
        rules.add(method, pathPattern, FakeRules.BREAK, true);
    }

    /** Never answers the next such request. */
    public void stallNext(String method, String pathPattern) {
        rules.add(method, pathPattern, FakeRules.STALL, true);
    }

    /** Behaves again. */
    public void behave() {
        rules.clear();
    }

    // The events socket -----------------------------------------------------------------------------------------------

    /** Sends an event to the socket of its application; lost when there is none, as in Asterisk. */
    public void push(ObjectNode event) {
        sockets.send(event);
    }

    /** Sends any text to all sockets. */
    public void pushText(String text) {
        sockets.sendToAll(text);
    }

    /** Waits until an application has a socket. */
    public void awaitSocket(String application) {
        await("a socket of " + application, () -> sockets.has(application));
    }

    /** Waits until an application has no socket any more. */
    public void awaitNoSocket(String application) {
        await("the end of the socket of " + application, () -> !sockets.has(application));
    }

    /** How many events sockets have been opened so far. */
    public int socketsOpened() {
        return sockets.opened();
    }

    /** How many of them the client has closed in order. */
    public int goodbyes() {
        return sockets.goodbyes();
    }

    /** Closes all sockets in order, as Asterisk does when it stops. */
    public void closeSockets(int code, String reason) {
        sockets.close(code, reason);
    }

    /** Tears all connections down without a word, as a network does. */
    public void dropSockets() {
        connections.drop();
    }

    // What was asked --------------------------------------------------------------------------------------------------

    private void recorded(FakeRequest request) {
        requests.add(request);
        changed();
    }

    private void changed() {
        synchronized (change) {
            change.notifyAll();
        }
    }

    /** All REST requests so far, events sockets not counted. */
    public List<FakeRequest> requests() {
        return List.copyOf(requests);
    }

    /** Those of a method whose path matches. */
    public List<FakeRequest> requests(String method, String pathPattern) {
        Pattern pattern = Pattern.compile(pathPattern);
        return requests.stream()
                .filter(request -> request.method().equals(method)
                        && pattern.matcher(request.path()).matches())
                .toList();
    }

    /** The first such request, waiting for it if need be. */
    public FakeRequest awaitRequest(String method, String pathPattern) {
        await(method + " " + pathPattern, () -> !requests(method, pathPattern).isEmpty());
        return requests(method, pathPattern).get(0);
    }

    /** Forgets what was asked. */
    public void clearRequests() {
        requests.clear();
    }

    private void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (change) {
            while (!condition.getAsBoolean()) {
                long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (millis <= 0) {
                    throw new AssertionError("waited " + PATIENCE.toSeconds() + " s in vain for " + what);
                }
                try {
                    change.wait(millis);
                } catch (InterruptedException e) {
                    throw new AssertionError("interrupted while waiting for " + what, e);
                }
            }
        }
    }

    @Override
    public void close() {
        connections.drop();
        server.close();
    }
}
