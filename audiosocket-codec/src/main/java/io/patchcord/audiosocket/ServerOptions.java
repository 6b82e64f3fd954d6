package io.patchcord.audiosocket;

import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link AudioSocketServer.Builder} was told, with the defaults. */
final class ServerOptions {

    final List<InetSocketAddress> addresses = new ArrayList<>();
    final List<Cidr> allowed = new ArrayList<>();
    int maxConnections = 1000;
    int maxConnectionsPerSource = Integer.MAX_VALUE;
    int receiveBufferBytes = 256 * 1024;
    int ioThreads = Transport.defaultThreads();
    Timeouts timeouts = Timeouts.DEFAULT;
    Duration maxWaiting = Duration.ofMinutes(1);

    @Nullable
    EventLoopGroup eventLoopGroup;
}
