package io.patchcord.audiosocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import io.patchcord.audiosocket.CloseReason.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What both roles share: reading, sending audio, and the end of a connection. Handler and connection in one object,
 * because there is one of each per channel. Confined to the channel's event loop, but for what
 * {@link AudioSocketConnection} promises.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails here closes the channel, and that is what is listened for.
abstract class ConnectionHandler extends ChannelInboundHandlerAdapter implements AudioSocketConnection, FrameSink {

    private static final Logger LOG = LoggerFactory.getLogger(AudioSocketConnection.class);
    private static final UUID NO_ID = new UUID(0, 0);
    private static final AudioSocketListener DEAF = new AudioSocketListener() {};

    private final Channel channel;
    private final InetSocketAddress remoteAddress;
    private final FrameParser parser;
    private final Timeouts timeouts;

    private volatile UUID id = NO_ID;
    private volatile boolean open = true;
    private AudioSocketListener listener = DEAF;
    private @Nullable CloseReason closeReason;
    private @Nullable Future<?> stallTimer;
    /** The beginning of a message whose rest has not arrived. */
    private @Nullable ByteBuf partial;

    ConnectionHandler(Channel channel, InetSocketAddress remoteAddress, FrameParser parser, Timeouts timeouts) {
        this.channel = channel;
        this.remoteAddress = remoteAddress;
        this.parser = parser;
        this.timeouts = timeouts;
        channel.config().setRecvByteBufAllocator(LoopReceiveAllocator.INSTANCE);
    }

    @Override
    public final UUID id() {
        return id;
    }

    @Override
    public final InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    @Override
    public final EventLoop eventLoop() {
        return channel.eventLoop();
    }

    @Override
    public final boolean isOpen() {
        return open;
    }

    final Channel channel() {
        return channel;
    }

    final void identify(UUID id) {
        this.id = id;
    }

    final void listen(AudioSocketListener listener) {
        this.listener = listener;
    }

    /** Fails when the peer could not take a payload of that size. */
    abstract void checkPayload(int bytes);

    /** What ends the stream in this role; an empty buffer when the end of the stream says it all. */
    abstract ByteBuf goodbye(ByteBufAllocator allocator);

    /** Called once when the peer breaks the protocol, before the connection is ended for it. */
    void onProtocolError() {}

    @Override
    public final boolean sendAudio(AudioKind kind, ByteBuf pcm) {
        int length = pcm.readableBytes();
        checkPayload(length);
        if (!canSend()) {
            return false;
        }
        return send(newFrame(kind, length).writeBytes(pcm, pcm.readerIndex(), length));
    }

    @Override
    public final boolean sendAudio(AudioKind kind, byte[] pcm, int offset, int length) {
        checkPayload(length);
        if (!canSend()) {
            return false;
        }
        return send(newFrame(kind, length).writeBytes(pcm, offset, length));
    }

    /** A frame with its header, to be filled up and sent. */
    final ByteBuf newFrame(AudioKind kind, int length) {
        if (length <= LoopBuffers.FRAME_CAPACITY - Frames.HEADER_BYTES
                && eventLoop().inEventLoop()) {
            return Frames.writeHeader(LoopBuffers.ofThisThread().frame(), kind.wireByte(), length);
        }
        return Frames.header(channel.alloc(), kind.wireByte(), length);
    }

    /** What would wait here has missed its time: rather than queue it, drop it. */
    final boolean canSend() {
        return open && channel.isWritable();
    }

    final boolean send(ByteBuf frame) {
        channel.writeAndFlush(frame, channel.voidPromise());
        return true;
    }

    @Override
    public final void hangup() {
        hangup(CloseReason.of(Kind.LOCAL_HANGUP));
    }

    @Override
    public final void close() {
        open = false;
        onLoop(() -> {
            end(CloseReason.of(Kind.LOCAL_HANGUP));
            channel.close();
        });
    }

    /** Ends the connection in order; the first reason counts. */
    final void hangup(CloseReason reason) {
        open = false;
        onLoop(() -> {
            if (end(reason)) {
                finishOutput();
            }
        });
    }

    private void finishOutput() {
        Future<?> timer = channel.eventLoop()
                .schedule(() -> channel.close(), timeouts.drain().toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> timer.cancel(false));
        channel.writeAndFlush(goodbye(channel.alloc()))
                .addListener(written -> ((DuplexChannel) channel).shutdownOutput());
    }

    /** Notes the reason; false when there was one already. */
    private boolean end(CloseReason reason) {
        open = false;
        if (closeReason != null) {
            return false;
        }
        closeReason = reason;
        return true;
    }

    private boolean isEnding() {
        return closeReason != null;
    }

    private void onLoop(Runnable task) {
        EventLoop loop = channel.eventLoop();
        if (loop.inEventLoop()) {
            task.run();
            return;
        }
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.trace("Call {}: its event loop has ended, and the connection with it", id, e);
        }
    }

    @Override
    public final void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf data = (ByteBuf) message;
        try {
            if (partial == null) {
                parse(data);
                partial = data.isReadable()
                        ? ctx.alloc().buffer(data.readableBytes()).writeBytes(data)
                        : null;
            } else {
                partial.writeBytes(data);
                parse(partial);
                compactPartial();
            }
        } finally {
            data.release();
        }
    }

    private void compactPartial() {
        if (partial == null) {
            return;
        }
        if (partial.isReadable()) {
            partial.discardReadBytes();
        } else {
            releasePartial();
        }
    }

    private void releasePartial() {
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }

    private void parse(ByteBuf in) {
        try {
            boolean more = true;
            while (more && !isEnding()) {
                more = parser.parse(in, this);
            }
        } catch (AudioSocketException e) {
            protocolError(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            handlerFailed(e);
        }
        if (isEnding()) {
            in.skipBytes(in.readableBytes());
        }
    }

    final void handlerFailed(RuntimeException e) {
        LOG.error("Call {}: the handler failed, the call is ended", id, e);
        hangup(new CloseReason(Kind.HANDLER_FAILED, e.toString()));
    }

    final void protocolError(String what) {
        onProtocolError();
        hangup(new CloseReason(Kind.PROTOCOL_ERROR, what));
    }

    @Override
    public void onAudio(AudioKind kind, ByteBuf payload) {
        int bytes = payload.readableBytes() & ~1;
        if (bytes > 0) {
            payload.writerIndex(payload.readerIndex() + bytes);
            listener.onAudio(kind, payload);
        }
    }

    @Override
    public void onDtmf(char digit) {
        listener.onDtmf(digit);
    }

    @Override
    public final void onHangup() {
        hangup(CloseReason.of(Kind.REMOTE_HANGUP));
    }

    @Override
    public void onPeerError(OptionalInt code) {
        hangup(new CloseReason(
                Kind.REMOTE_ERROR, code.isPresent() ? "code " + FrameParser.hex(code.getAsInt()) : "no code"));
    }

    @Override
    public final void onUnknown(int kind, ByteBuf payload) {
        protocolError("a message of kind " + FrameParser.hex(kind) + ", which Asterisk does not have");
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (channel.isWritable()) {
            cancelStallTimer();
        } else if (stallTimer == null) {
            stallTimer =
                    channel.eventLoop().schedule(this::stalled, timeouts.stall().toMillis(), TimeUnit.MILLISECONDS);
        }
        ctx.fireChannelWritabilityChanged();
    }

    private void stalled() {
        end(new CloseReason(
                Kind.STALLED, "nothing was read for " + timeouts.stall().toMillis() + " ms"));
        channel.close();
    }

    private void cancelStallTimer() {
        if (stallTimer != null) {
            stallTimer.cancel(false);
            stallTimer = null;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        ctx.fireChannelInactive();
        releasePartial();
        cancelStallTimer();
        end(CloseReason.of(Kind.REMOTE_CLOSED));
        AudioSocketListener last = listener;
        listener = DEAF;
        CloseReason reason = closeReason;
        if (reason != null) {
            closed(last, reason);
        }
    }

    private void closed(AudioSocketListener last, CloseReason reason) {
        LOG.debug("Connection {} from {} closed: {}", id, remoteAddress, reason);
        try {
            last.onClosed(reason);
        } catch (RuntimeException e) {
            LOG.error("Call {}: the handler failed at the end of the call", id, e);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.warn("Call {}: the connection failed", id, cause);
        }
        end(new CloseReason(isReset(cause) ? Kind.REMOTE_RESET : Kind.CONNECTION_LOST, cause.toString()));
        channel.close();
    }

    /** ECONNRESET and EPIPE have no type of their own, neither in the JDK's transport nor in the native one. */
    private static boolean isReset(Throwable cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return cause instanceof IOException && (message.contains("reset") || message.contains("broken pipe"));
    }
}
