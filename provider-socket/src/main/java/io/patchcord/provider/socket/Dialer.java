package io.patchcord.provider.socket;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Makes the TCP connection: looks the name up, beside the event loop because Java's look-up blocks, and tries its addresses
 * one after the other, each for its share of the time that is left.
 */
final class Dialer {

    private static final WriteBufferWaterMark CONGESTION = new WriteBufferWaterMark(512 << 10, 1 << 20);
    private static final int MAX_HEADERS = 64 << 10;

    private final Connection connection;
    private final Peer peer;
    private final SslContext tls;
    private final EventLoop loop;
    private final Executor slowWork;
    private long deadlineNanos;

    Dialer(Connection connection, Peer peer, SslContext tls, EventLoop loop, Executor slowWork) {
        this.connection = connection;
        this.peer = peer;
        this.tls = tls;
        this.loop = loop;
        this.slowWork = slowWork;
    }

    void start(long millis) {
        deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            slowWork.execute(this::resolve);
        } catch (RejectedExecutionException e) {
            connection.abort();
        }
    }

    private void resolve() {
        Runnable next;
        try {
            InetAddress[] addresses = InetAddress.getAllByName(peer.host());
            next = () -> dial(addresses, 0);
        } catch (UnknownHostException e) {
            next = () -> connection.lost("the name " + peer.host() + " is not known");
        }
        try {
            loop.execute(next);
        } catch (RejectedExecutionException e) {
            // The sockets have been closed, and with them this one has been ended.
        }
    }

    private void dial(InetAddress[] addresses, int index) {
        if (connection.hasEnded()) {
            return;
        }
        long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
        long share = Math.max(1, leftMillis / (addresses.length - index));
        HandshakeHandler handshake = new HandshakeHandler(connection);
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(Integer.MAX_VALUE, share))
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, CONGESTION)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connection.dialing(channel, handshake);
                        fill(channel.pipeline(), handshake);
                    }
                })
                .connect(new InetSocketAddress(addresses[index], peer.port()))
                .addListener((ChannelFuture done) -> {
                    if (!done.isSuccess() && index + 1 < addresses.length) {
                        dial(addresses, index + 1);
                    } else if (!done.isSuccess()) {
                        connection.lost("no connection to " + peer + ": " + Words.of(done.cause()));
                    }
                });
    }

    private void fill(ChannelPipeline pipeline, HandshakeHandler handshake) {
        if (peer.tls()) {
            SslHandler handler = tls.newHandler(pipeline.channel().alloc(), peer.host(), peer.port(), slowWork);
            // One limit for the whole handshake is enough; it is the connection's.
            handler.setHandshakeTimeoutMillis(0);
            pipeline.addLast(handler);
        }
        HttpDecoderConfig http = new HttpDecoderConfig().setMaxHeaderSize(MAX_HEADERS);
        pipeline.addLast(new HttpClientCodec(http, false, false), handshake);
    }
}
