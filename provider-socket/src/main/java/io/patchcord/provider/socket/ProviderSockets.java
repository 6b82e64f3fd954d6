package io.patchcord.provider.socket;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Opens WebSockets to a provider's service; one for each engine. Thread-safe.
 *
 * <p>Its threads are daemons: a few that move all sockets' bytes and never block, and up to four more, while there is such
 * work, that look up names and compute TLS handshakes, so that a call that begins never delays the audio of one that runs.
 */
public final class ProviderSockets implements AutoCloseable {

    private static final int MAX_EVENT_LOOPS = 4;
    private static final int MAX_SLOW_WORKERS = 4;
    private static final int IDLE_SECONDS = 10;
    private static final int SHUTDOWN_SECONDS = 2;

    private final SslContext tls;
    private final EventLoopGroup loops;
    private final ThreadPoolExecutor slowWork;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private ProviderSockets(String threadNamePrefix, SslContext tls) {
        this.tls = tls;
        int loopCount =
                Math.max(1, Math.min(MAX_EVENT_LOOPS, Runtime.getRuntime().availableProcessors() / 2));
        this.loops = new MultiThreadIoEventLoopGroup(
                loopCount, new DefaultThreadFactory(threadNamePrefix, true), NioIoHandler.newFactory());
        this.slowWork = new ThreadPoolExecutor(
                MAX_SLOW_WORKERS,
                MAX_SLOW_WORKERS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory(threadNamePrefix + "-slow", true));
        slowWork.allowCoreThreadTimeOut(true);
    }

    /** Sockets that trust the authorities that Java trusts. */
    public static ProviderSockets create(String threadNamePrefix) {
        return new ProviderSockets(threadNamePrefix, tls(SslContextBuilder.forClient()));
    }

    /** Sockets that trust as the builder says; everything else about TLS is set here. */
    static ProviderSockets create(String threadNamePrefix, SslContextBuilder trust) {
        return new ProviderSockets(threadNamePrefix, tls(trust));
    }

    private static SslContext tls(SslContextBuilder builder) {
        try {
            return builder.sslProvider(SslProvider.JDK)
                    .endpointIdentificationAlgorithm("HTTPS")
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("this Java has no TLS: " + e.getMessage(), e);
        }
    }

    /**
     * Begins to connect and returns at once.
     *
     * @param executor runs everything the listener hears, in order: the call's loop. When it takes no more, the connection is
     *     ended
     * @return the socket, which sends nothing before {@link SocketListener#opened}
     */
    public ProviderSocket connect(SocketRequest request, Executor executor, SocketListener listener) {
        EventLoop loop = loops.next();
        SocketHandle handle = new SocketHandle(loop, executor, listener);
        Connection connection = new Connection(request, tls, loop, slowWork, handle, connections::remove);
        handle.attach(connection);
        connections.add(connection);
        try {
            loop.execute(connection::start);
        } catch (RejectedExecutionException e) {
            connections.remove(connection);
            handle.closed(new SocketEnd.ClosedByUs(Connection.ABNORMAL));
            return handle;
        }
        if (closed) {
            connection.abortLater();
        }
        return handle;
    }

    /** Aborts all sockets, each of which hears of it, and ends the threads. Idempotent. */
    @Override
    public void close() {
        closed = true;
        connections.forEach(Connection::abortLater);
        slowWork.shutdown();
        loops.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        for (EventExecutor loop : loops) {
            if (loop.inEventLoop()) {
                return;
            }
        }
        try {
            loops.awaitTermination(SHUTDOWN_SECONDS + 1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
