package io.patchcord.audiosocket;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The event loops of a server or client, and the channel classes that go with them.
 *
 * @param own true when they were made here, and are to be shut down with their user
 */
record Transport(EventLoopGroup group, boolean own) {

    static Transport of(@Nullable EventLoopGroup embedders, int threads, DefaultThreadFactory threadFactory) {
        if (embedders != null) {
            return new Transport(embedders, false);
        }
        return new Transport(new MultiThreadIoEventLoopGroup(threads, threadFactory, NioIoHandler.newFactory()), true);
    }

    /** One thread reads and writes for hundreds of calls, and the fewer they are the less each frame costs. */
    static int defaultThreads() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    Class<? extends ServerSocketChannel> serverChannel() {
        return NioServerSocketChannel.class;
    }

    Class<? extends SocketChannel> channel() {
        return NioSocketChannel.class;
    }

    /** Ends the threads if they are ours. */
    void release() {
        if (own) {
            var unused = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }
}
