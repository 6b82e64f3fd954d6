package io.patchcord.provider.socket.testing;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A WebSocket server on 127.0.0.1 for tests, with one event loop. It opens every connection, answers pings and close frames,
 * and says nothing, unless it is told otherwise: by {@link #answerNext} for handshakes, by {@link #serve} for what is to be
 * said on a connection, and by the methods of each {@link FakeConnection}.
 *
 * <p>Thread-safe. Uses no test library.
 */
public final class FakeSocketServer implements AutoCloseable {

    private static final int MAX_REQUEST = 64 << 10;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("fake-socket-server", true), NioIoHandler.newFactory());
    private final Queue<HandshakeAnswer> answers = new ConcurrentLinkedQueue<>();
    private final List<FakeConnection> connections = new CopyOnWriteArrayList<>();
    private volatile HandshakeAnswer usualAnswer = HandshakeAnswer.accept();
    private volatile Supplier<? extends FakePeer> peers = () -> new FakePeer() {};
    private final Channel server;

    private FakeSocketServer(Optional<SslContext> tls) {
        this.server = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        tls.ifPresent(context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(MAX_REQUEST),
                                        new FakeConnection(FakeSocketServer.this));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    /** A server on a free port. */
    public static FakeSocketServer start() {
        return new FakeSocketServer(Optional.empty());
    }

    /** A server on a free port that speaks TLS. */
    public static FakeSocketServer start(SslContext tls) {
        return new FakeSocketServer(Optional.of(tls));
    }

    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** The address, without path, of a server without TLS. */
    public URI uri() {
        return URI.create("ws://127.0.0.1:" + port());
    }

    /** What handshakes are answered with that come after those told by {@link #answerNext}. */
    public FakeSocketServer answer(HandshakeAnswer usual) {
        usualAnswer = usual;
        return this;
    }

    /** What the next handshake is answered with for which nothing has been told yet. */
    public FakeSocketServer answerNext(HandshakeAnswer next) {
        answers.add(next);
        return this;
    }

    /** Makes the other side of each connection that opens from now on. */
    public FakeSocketServer serve(Supplier<? extends FakePeer> next) {
        peers = next;
        return this;
    }

    /** All whose handshake has come, also those that were refused, in order. */
    public List<FakeConnection> connections() {
        return connections;
    }

    /** The connection of this number, counted from 0, when its handshake has come. */
    public FakeConnection awaitConnection(int index) {
        Waiting.until("connection " + index, () -> connections.size() > index);
        return connections.get(index);
    }

    /** The connection of this number when it is open. */
    public FakeConnection awaitOpen(int index) {
        FakeConnection connection = awaitConnection(index);
        connection.await("the connection is open", FakeConnection::isOpen);
        return connection;
    }

    /** How many TCP connections there are whose handshake has come. */
    public long liveConnections() {
        return connections.stream().filter(FakeConnection::isConnected).count();
    }

    HandshakeAnswer nextAnswer() {
        HandshakeAnswer next = answers.poll();
        return next == null ? usualAnswer : next;
    }

    FakePeer nextPeer() {
        return peers.get();
    }

    void add(FakeConnection connection) {
        connections.add(connection);
    }

    /** Ends everything at once. Idempotent. */
    @Override
    public void close() {
        if (server.isOpen()) {
            server.close().syncUninterruptibly();
        }
        loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
