package io.patchcord.provider.openai;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.testing.ManualCallLoop;
import io.patchcord.provider.openai.testing.FakeRealtimeSession;
import io.patchcord.provider.openai.testing.FakeScript;
import io.patchcord.provider.openai.testing.FakeWire;
import io.patchcord.provider.socket.ProviderSocket;
import io.patchcord.provider.socket.SocketEnd;
import io.patchcord.provider.socket.SocketListener;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** Connections to fake sessions in virtual time, with 20 ms each way. Confined to the test's thread. */
final class VirtualSockets implements RealtimeSockets {

    static final Duration WAY = Duration.ofMillis(20);

    /** Not that of this machine, which may be wrong. */
    private static final long SERVER_EPOCH = 2_000_000_000L;

    private final ManualCallLoop loop;
    private final FakeScript script;
    private final List<Connection> connections = new ArrayList<>();
    private final List<URI> addresses = new ArrayList<>();
    private final List<String> serverMessages = new ArrayList<>();
    private final Queue<Optional<SocketEnd>> handshakes = new ArrayDeque<>();
    private Optional<SocketEnd> allHandshakes = Optional.empty();
    private boolean closed;

    VirtualSockets(ManualCallLoop loop, FakeScript script) {
        this.loop = loop;
        this.script = script;
    }

    /** The next handshake ends so; empty for one that is never answered. */
    void refuseNext(Optional<SocketEnd> end) {
        handshakes.add(end);
    }

    void refuseNext(SocketEnd end) {
        refuseNext(Optional.of(end));
    }

    /** Every handshake ends so. */
    void refuseAll(SocketEnd end) {
        allHandshakes = Optional.of(end);
    }

    List<URI> addresses() {
        return addresses;
    }

    /** The sessions that were opened, in order. */
    List<FakeRealtimeSession> sessions() {
        return connections.stream()
                .filter(connection -> connection.session != null)
                .map(connection -> connection.session)
                .toList();
    }

    FakeRealtimeSession session() {
        return sessions().get(sessions().size() - 1);
    }

    /** All that came from the service, whether or not anybody was there to hear it. */
    List<String> serverMessages() {
        return serverMessages;
    }

    /** How many connections are neither closed nor lost. */
    long live() {
        return connections.stream().filter(connection -> !connection.ended).count();
    }

    Connection connection() {
        return connections.get(connections.size() - 1);
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public ProviderSocket connect(URI address, CallLoop callLoop, SocketListener listener) {
        addresses.add(address);
        Connection connection = new Connection(listener);
        connections.add(connection);
        Duration answer = WAY.multipliedBy(2);
        if (!handshakes.isEmpty()) {
            handshakes.remove().ifPresent(end -> loop.schedule(answer, () -> connection.end(end)));
        } else if (allHandshakes.isPresent()) {
            loop.schedule(answer, () -> connection.end(allHandshakes.get()));
        } else {
            loop.schedule(answer, () -> connection.open(address));
        }
        return connection;
    }

    @Override
    public void close() {
        closed = true;
    }

    /** One connection, both ends of it. */
    final class Connection implements ProviderSocket {

        private final SocketListener listener;
        private FakeRealtimeSession session;
        private boolean open;
        private boolean ended;
        private boolean deaf;

        Connection(SocketListener listener) {
            this.listener = listener;
        }

        private void open(URI address) {
            if (ended) {
                return;
            }
            open = true;
            String query = address.getQuery();
            long now = SERVER_EPOCH + loop.nanoTime() / 1_000_000_000L;
            session = new FakeRealtimeSession(
                    script,
                    query.equals("intent=transcription"),
                    query.replace("model=", ""),
                    loop,
                    now,
                    new Wire(this));
            listener.opened(Map.of(
                    "date",
                    DateTimeFormatter.RFC_1123_DATE_TIME.format(
                            Instant.ofEpochSecond(now).atZone(ZoneOffset.UTC))));
            session.opened();
        }

        /** From now on the peer reads nothing. */
        void becomeCongested() {
            deaf = true;
        }

        void end(SocketEnd end) {
            if (!ended) {
                ended = true;
                open = false;
                if (session != null) {
                    session.ended();
                }
                listener.closed(end);
            }
        }

        @Override
        public boolean sendText(String text) {
            if (!open || deaf) {
                return false;
            }
            loop.schedule(WAY, () -> session.receive(text));
            return true;
        }

        @Override
        public boolean sendBinary(byte[] bytes) {
            throw new AssertionError("the API has no binary messages");
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close(int code, String reason) {
            open = false;
            loop.schedule(WAY.multipliedBy(2), () -> end(new SocketEnd.ClosedByUs(code)));
        }

        @Override
        public void abort() {
            open = false;
            loop.execute(() -> end(new SocketEnd.ClosedByUs(1006)));
        }

        /** The server sends a binary message. */
        void sendsBinary(byte[] message) {
            listener.binary(message);
        }

        private void arrive(String message) {
            if (open) {
                listener.text(message);
            }
        }
    }

    /** The server's end. */
    private final class Wire implements FakeWire {

        private final Connection connection;

        Wire(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void text(String message) {
            serverMessages.add(message);
            loop.schedule(WAY, () -> connection.arrive(message));
        }

        @Override
        public void close(int code, String reason) {
            loop.schedule(WAY, () -> connection.end(new SocketEnd.ClosedByPeer(code, reason)));
        }

        @Override
        public void cut() {
            loop.schedule(WAY, () -> connection.end(new SocketEnd.Lost("connection reset")));
        }
    }
}
