package io.patchcord.audiosocket;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for Asterisk's AudioSocket connections, and gives each to a handler: as a paced {@link AudioSocketCall}, or as
 * an unpaced {@link AudioSocketConnection} for programs that keep the clock themselves.
 *
 * <p>AudioSocket has neither encryption nor authentication: bind to a private address and allow only the Asterisks that
 * you know. Runs from {@code start()} to {@link #close}. Thread-safe.
 */
public final class AudioSocketServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AudioSocketServer.class);
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(4 * 1024, 8 * 1024);
    private static final int BACKLOG = 1024;

    private final ServerOptions options;
    private final AudioSocketAcceptor acceptor;
    private final Transport transport;
    private final Admission admission;
    private final Refusals refusals = new Refusals();
    private final OpenConnections connections = new OpenConnections();
    private final List<Channel> listening = new ArrayList<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile boolean closing;

    private AudioSocketServer(ServerOptions options, AudioSocketAcceptor acceptor) {
        this.options = options;
        this.acceptor = acceptor;
        this.transport =
                Transport.of(options.eventLoopGroup, options.ioThreads, new DefaultThreadFactory("audiosocket-server"));
        this.admission = new Admission(options.allowed, options.maxConnections, options.maxConnectionsPerSource);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Where the server listens, with the port that was found if 0 was asked for. */
    public List<InetSocketAddress> addresses() {
        return listening.stream()
                .map(channel -> (InetSocketAddress) channel.localAddress())
                .toList();
    }

    /** The port of the first address. */
    public int port() {
        return addresses().get(0).getPort();
    }

    /** Connections at this moment, those that have not sent their UUID included. */
    public int connections() {
        return admission.connections();
    }

    /** How many connections were not taken since the start, for each reason. */
    public Map<Refusal, Long> refusals() {
        return refusals.counts();
    }

    private void listen() {
        for (InetSocketAddress address : options.addresses) {
            ChannelFuture bound = bootstrap().bind(address).awaitUninterruptibly();
            if (!bound.isSuccess()) {
                var unused = shutdown();
                throw new AudioSocketException(
                        AudioSocketException.Kind.BIND,
                        "Cannot listen on " + address + ": " + bound.cause().getMessage(),
                        bound.cause());
            }
            listening.add(bound.channel());
        }
    }

    private ServerBootstrap bootstrap() {
        return new ServerBootstrap()
                .group(transport.group())
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                // On the listening socket, because it decides on the window that the handshake offers.
                .option(ChannelOption.SO_RCVBUF, options.receiveBufferBytes)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        admit(channel);
                    }
                });
    }

    private void admit(SocketChannel channel) {
        InetSocketAddress remote = channel.remoteAddress();
        if (remote == null || closing) {
            var unused = channel.close();
            return;
        }
        Optional<Refusal> refusal = admission.enter(remote.getAddress());
        if (refusal.isPresent()) {
            refusals.refuse(refusal.get(), remote);
            var unused = channel.close();
            return;
        }
        ServerConnection connection = new ServerConnection(channel, remote, options.timeouts, acceptor, refusals);
        connections.add(connection);
        channel.closeFuture().addListener(gone -> admission.leave(remote.getAddress()));
        channel.pipeline().addLast(connection);
    }

    /** Stops listening and ends all calls in order; the future is done when the last of them is closed. */
    public CompletableFuture<Void> shutdown() {
        closing = true;
        for (Channel channel : listening) {
            var unused = channel.close();
        }
        connections.hangupAll(() -> {
            transport.release();
            closed.complete(null);
        });
        return closed;
    }

    /**
     * As {@link #shutdown}, and waits for it: two seconds at most, unless told otherwise. Not for use in a handler, which
     * would wait for itself.
     */
    @Override
    public void close() {
        shutdown().join();
    }

    /** Collects the options of a server and starts it. Not thread-safe. */
    public static final class Builder {

        private final ServerOptions options = new ServerOptions();
        private Predicate<UUID> knownIds = id -> true;
        private boolean warmUp;
        private boolean quiet;

        private Builder() {}

        /** Listens on that address, and on those of other calls of this method; port 0 takes any free one. */
        public Builder bind(String host, int port) {
            return bind(new InetSocketAddress(host, port));
        }

        /** As {@link #bind(String, int)}. */
        public Builder bind(InetSocketAddress address) {
            if (address.isUnresolved()) {
                throw new IllegalArgumentException(
                        "There is no address for the name '" + address.getHostString() + "'");
            }
            options.addresses.add(address);
            return this;
        }

        /**
         * Lets in that block of addresses, such as {@code 10.0.0.0/8} or {@code ::1}, and those of other calls of this
         * method; others are refused. Everyone may connect when it is not called.
         */
        public Builder allow(String block) {
            options.allowed.add(Cidr.parse(block));
            return this;
        }

        /** Connections at a time; 1000 if not set. */
        public Builder maxConnections(int connections) {
            options.maxConnections = positive("maxConnections", connections);
            return this;
        }

        /** Connections at a time from one address; no limit if not set, as all calls of an Asterisk come from one. */
        public Builder maxConnectionsPerSource(int connections) {
            options.maxConnectionsPerSource = positive("maxConnectionsPerSource", connections);
            return this;
        }

        /** Turns away connections whose UUID is not known; all are taken if not set. Called on the event loop. */
        public Builder knownIds(Predicate<UUID> knownIds) {
            this.knownIds = knownIds;
            return this;
        }

        /** How long a connection may take to send its UUID; 5 s if not set. */
        public Builder idDeadline(Duration deadline) {
            options.timeouts = options.timeouts.withId(positive("idDeadline", deadline));
            return this;
        }

        /** How long a hang-up waits for the peer to close; 2 s if not set. */
        public Builder drainTimeout(Duration timeout) {
            options.timeouts = options.timeouts.withDrain(positive("drainTimeout", timeout));
            return this;
        }

        /** How long a peer may leave everything unread; 10 s if not set. */
        public Builder stallTimeout(Duration timeout) {
            options.timeouts = options.timeouts.withStall(positive("stallTimeout", timeout));
            return this;
        }

        /** {@link AudioSocketCall#play} takes nothing more while that much audio is waiting; 1 minute if not set. */
        public Builder maxWaiting(Duration audio) {
            options.maxWaiting = positive("maxWaiting", audio);
            return this;
        }

        /** The kernel's receive buffer for each connection; 256 KiB if not set. Asterisk does not wait for a full one. */
        public Builder receiveBufferBytes(int bytes) {
            options.receiveBufferBytes = positive("receiveBufferBytes", bytes);
            return this;
        }

        /** Threads that the server makes for itself; half as many as there are processors if not set. */
        public Builder ioThreads(int threads) {
            options.ioThreads = positive("ioThreads", threads);
            return this;
        }

        /** Uses the event loops of the embedder, who keeps them and shuts them down, instead of own ones. */
        public Builder eventLoopGroup(EventLoopGroup group) {
            options.eventLoopGroup = group;
            return this;
        }

        /**
         * Before it listens, has the Java machine compile the code that every frame goes through, by passing 20,000 of
         * them round on the loopback interface. Takes most of a second on two cores; the first calls then cost no more,
         * and are no later, than all others.
         */
        public Builder warmUp() {
            this.warmUp = true;
            return this;
        }

        Builder quiet() {
            this.quiet = true;
            return this;
        }

        /**
         * Starts a server of paced calls: the function is called for each new call and gives its handler.
         *
         * @throws AudioSocketException when an address cannot be bound
         */
        public AudioSocketServer startCalls(Function<AudioSocketCall, AudioSocketCallHandler> handlers) {
            Pacers pacers = new Pacers();
            long maxWaitingMicros = options.maxWaiting.toNanos() / 1000;
            return startConnections(connection -> {
                var call = new PacedCall<>((ServerConnection) connection, maxWaitingMicros);
                call.start(handlers, pacers.of(connection.eventLoop()));
                return Optional.of(call);
            });
        }

        /**
         * Starts a server of unpaced connections.
         *
         * @throws AudioSocketException when an address cannot be bound
         */
        public AudioSocketServer startConnections(AudioSocketAcceptor acceptor) {
            if (options.addresses.isEmpty()) {
                throw new IllegalStateException("Where to listen? Call bind(\"127.0.0.1\", 9092) or the like first");
            }
            Predicate<UUID> known = knownIds;
            AudioSocketServer server = new AudioSocketServer(
                    options,
                    connection -> known.test(connection.id()) ? acceptor.accept(connection) : Optional.empty());
            if (warmUp) {
                WarmUp.run();
            }
            server.listen();
            if (!quiet) {
                LOG.info("AudioSocket: listening on {}", server.addresses());
            }
            return server;
        }

        private static int positive(String name, int value) {
            if (value <= 0) {
                throw new IllegalArgumentException(name + " must be at least 1, not " + value);
            }
            return value;
        }

        private static Duration positive(String name, Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(name + " must be longer than nothing, not " + value);
            }
            return value;
        }
    }
}
