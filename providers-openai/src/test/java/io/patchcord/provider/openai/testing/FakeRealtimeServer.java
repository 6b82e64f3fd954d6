package io.patchcord.provider.openai.testing;

import io.patchcord.agent.loop.ThreadLoop;
import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.FakePeer;
import io.patchcord.provider.socket.testing.FakeSocketServer;
import io.patchcord.provider.socket.testing.HandshakeAnswer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The Realtime API on 127.0.0.1, for tests and measurements through real sockets. Give its {@link #baseUrl} to
 * {@code OPENAI_BASE_URL} and any key to {@code OPENAI_API_KEY}. Thread-safe.
 */
public final class FakeRealtimeServer implements AutoCloseable {

    private static final String UNAUTHORIZED =
            "{\"error\":{\"message\":\"Incorrect API key provided: sk-wr***ong.\",\"type\":\"invalid_request_error\","
                    + "\"param\":null,\"code\":\"invalid_api_key\"}}";

    private final FakeSocketServer sockets = FakeSocketServer.start();
    private final ThreadLoop loop = new ThreadLoop("fake-realtime", FakeRealtimeServer::report);
    private final List<FakeRealtimeSession> sessions = new CopyOnWriteArrayList<>();
    private final FakeScript script;
    private volatile Tap tap = new Tap() {};

    /** Hears of messages as they pass, on the thread that reads or writes them. */
    public interface Tap {

        /** A message of the client's has come. */
        default void received(FakeConnection connection, String message) {}

        /** A message goes to the client. */
        default void sent(FakeConnection connection, String message) {}
    }

    private FakeRealtimeServer(FakeScript script) {
        this.script = script;
        sockets.serve(Peer::new);
    }

    public static FakeRealtimeServer start(FakeScript script) {
        return new FakeRealtimeServer(script);
    }

    private static void report(Throwable failure) {
        failure.printStackTrace();
    }

    /** With {@code /v1} at its end, as the user writes it. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + sockets.port() + "/v1");
    }

    public FakeScript script() {
        return script;
    }

    /** The sockets beneath: to refuse handshakes, to see headers, to cut connections. */
    public FakeSocketServer sockets() {
        return sockets;
    }

    /** Refuses the next handshake as for a wrong key. */
    public FakeRealtimeServer refuseNextKey() {
        sockets.answerNext(HandshakeAnswer.refuse(401, Map.of("content-type", "application/json"), UNAUTHORIZED));
        return this;
    }

    public FakeRealtimeServer tap(Tap newTap) {
        tap = newTap;
        return this;
    }

    /** All sessions so far, in the order of their opening. */
    public List<FakeRealtimeSession> sessions() {
        return List.copyOf(sessions);
    }

    /** Runs this on the loop of the sessions. */
    public void run(Runnable task) {
        loop.execute(task);
    }

    /** Resets every connection, as a network that breaks. */
    public void cutAll() {
        sockets.connections().stream().filter(FakeConnection::isConnected).forEach(FakeConnection::reset);
    }

    @Override
    public void close() {
        sockets.close();
        loop.close();
    }

    /** The service's side of one connection. */
    private final class Peer implements FakePeer {

        private FakeRealtimeSession session;

        @Override
        public void opened(FakeConnection connection) {
            boolean transcription =
                    connection.query().getOrDefault("intent", List.of()).contains("transcription");
            String model = String.join("", connection.query().getOrDefault("model", List.of()));
            session = new FakeRealtimeSession(
                    script, transcription, model, loop, FakeRealtimeSession.now(), new Wire(connection));
            sessions.add(session);
            loop.execute(session::opened);
        }

        @Override
        public void text(FakeConnection connection, String message) {
            tap.received(connection, message);
            loop.execute(() -> session.receive(message));
        }
    }

    private final class Wire implements FakeWire {

        private final FakeConnection connection;

        Wire(FakeConnection connection) {
            this.connection = connection;
        }

        @Override
        public void text(String message) {
            tap.sent(connection, message);
            connection.sendText(message);
        }

        @Override
        public void close(int code, String reason) {
            connection.close(code, reason);
        }

        @Override
        public void cut() {
            connection.reset();
        }
    }
}
