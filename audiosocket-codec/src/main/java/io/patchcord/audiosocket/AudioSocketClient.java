package io.patchcord.audiosocket;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls an AudioSocket server in the role of Asterisk: sends the UUID, then audio and digits, ends by closing, and takes
 * from the server what Asterisk takes. For tests, and for programs that speak to a voice agent without a telephone.
 *
 * <p>Runs until it is closed. Thread-safe.
 */
public final class AudioSocketClient implements AutoCloseable {

    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(32 * 1024, 64 * 1024);
    private static final long MAX_WAITING_MICROS = 600_000_000;

    private final Transport transport;
    private final Duration connectTimeout;
    private final Pacers pacers = new Pacers();
    private final OpenConnections connections = new OpenConnections();

    private AudioSocketClient(Builder builder) {
        this.transport = Transport.of(builder.eventLoopGroup, 1, new DefaultThreadFactory("audiosocket-client", true));
        this.connectTimeout = builder.connectTimeout;
    }

    public static AudioSocketClient create() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Makes a paced call: from the connection on, a frame leaves every 20 ms.
     *
     * @param handlers gives the call its handler, on the call's thread
     * @return the call when its UUID is sent, or an {@link AudioSocketException}
     */
    public CompletableFuture<AudioSocketClientCall> call(
            UUID id, InetSocketAddress server, Function<AudioSocketClientCall, AudioSocketCallHandler> handlers) {
        CompletableFuture<AudioSocketClientCall> called = new CompletableFuture<>();
        open(id, server, called, connection -> {
            var call = new PacedClientCall(connection, MAX_WAITING_MICROS);
            call.start(self -> handlers.apply(call), pacers.of(connection.eventLoop()));
            called.complete(call);
            return call;
        });
        return called;
    }

    /**
     * Makes an unpaced connection.
     *
     * @param listeners gives the connection its listener, on its event loop
     * @return the connection when its UUID is sent, or an {@link AudioSocketException}
     */
    public CompletableFuture<AudioSocketClientConnection> connect(
            UUID id, InetSocketAddress server, Function<AudioSocketClientConnection, AudioSocketListener> listeners) {
        CompletableFuture<AudioSocketClientConnection> connected = new CompletableFuture<>();
        open(id, server, connected, connection -> {
            AudioSocketListener listener = listeners.apply(connection);
            connected.complete(connection);
            return listener;
        });
        return connected;
    }

    private void open(
            UUID id,
            InetSocketAddress server,
            CompletableFuture<?> outcome,
            Function<ClientConnection, AudioSocketListener> listeners) {
        new Bootstrap()
                .group(transport.group())
                .channel(transport.channel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) connectTimeout.toMillis())
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        ClientConnection connection =
                                new ClientConnection(channel, server, Timeouts.DEFAULT, id, listeners, outcome);
                        connections.add(connection);
                        channel.pipeline().addLast(connection);
                    }
                })
                .connect(server)
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        outcome.completeExceptionally(new AudioSocketException(
                                AudioSocketException.Kind.CONNECT,
                                "Cannot connect to " + server + ": "
                                        + done.cause().getMessage(),
                                done.cause()));
                    }
                });
    }

    /** Ends all calls, each by closing its connection. Does not wait for the servers to notice. */
    @Override
    public void close() {
        connections.hangupAll(transport::release);
    }

    /** Collects the options of a client. Not thread-safe. */
    public static final class Builder {

        private Duration connectTimeout = Duration.ofSeconds(2);
        private @Nullable EventLoopGroup eventLoopGroup;

        private Builder() {}

        /** How long a connection may take to be made; 2 s if not set, as with Asterisk. */
        public Builder connectTimeout(Duration timeout) {
            this.connectTimeout = timeout;
            return this;
        }

        /** Uses the event loops of the embedder, who keeps them and shuts them down, instead of an own one. */
        public Builder eventLoopGroup(EventLoopGroup group) {
            this.eventLoopGroup = group;
            return this;
        }

        public AudioSocketClient build() {
            return new AudioSocketClient(this);
        }
    }
}
