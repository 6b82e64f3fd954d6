package io.patchcord.audiosocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;

/** A connection without a network, in virtual time. */
final class EmbeddedSocket extends EmbeddedChannel implements DuplexChannel {

    private final MockTicker clock;
    private boolean outputShutdown;

    EmbeddedSocket() {
        this(Ticker.newMockTicker());
    }

    private EmbeddedSocket(MockTicker clock) {
        super(EmbeddedChannel.builder().ticker(clock));
        this.clock = clock;
    }

    /** Lets time pass, a millisecond at a time, as timers set new timers. */
    void pass(int millis) {
        for (int i = 0; i < millis; i++) {
            clock.advanceMillis(1);
            runPendingTasks();
            runScheduledPendingTasks();
        }
    }

    /** Lets the event loop be late: all that time passes before any timer is looked at. */
    void stall(int millis) {
        clock.advanceMillis(millis);
        runPendingTasks();
        runScheduledPendingTasks();
    }

    /** The writes since the last call, each in hexadecimal digits. */
    List<String> written() {
        List<String> writes = new ArrayList<>();
        for (ByteBuf write = readOutbound(); write != null; write = readOutbound()) {
            writes.add(Bytes.hex(write));
            write.release();
        }
        return writes;
    }

    @Override
    public boolean isOutputShutdown() {
        return outputShutdown;
    }

    @Override
    public ChannelFuture shutdownOutput() {
        outputShutdown = true;
        return newSucceededFuture();
    }

    @Override
    public ChannelFuture shutdownOutput(ChannelPromise promise) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isInputShutdown() {
        return false;
    }

    @Override
    public ChannelFuture shutdownInput() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ChannelFuture shutdownInput(ChannelPromise promise) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public ChannelFuture shutdown() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ChannelFuture shutdown(ChannelPromise promise) {
        throw new UnsupportedOperationException();
    }
}
