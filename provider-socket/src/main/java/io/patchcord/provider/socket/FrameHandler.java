package io.patchcord.provider.socket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads the frames of an open socket, answers pings, and asks for signs of life. */
final class FrameHandler extends ChannelInboundHandlerAdapter {

    private static final int TOO_BIG = 1009;

    private final Connection connection;
    private final MessageJoiner joiner;
    private @Nullable Future<?> pings;
    private boolean alive = true;

    FrameHandler(Connection connection) {
        this.connection = connection;
        this.joiner = new MessageJoiner(connection.request().maxMessageBytes());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        long interval = connection.request().pingInterval().toMillis();
        if (interval > 0) {
            pings = ctx.executor()
                    .scheduleWithFixedDelay(() -> askForLife(ctx), interval, interval, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        Future<?> running = pings;
        if (running != null) {
            running.cancel(false);
        }
    }

    private void askForLife(ChannelHandlerContext ctx) {
        if (!alive) {
            connection.lost("nothing came from " + connection.peer() + " for "
                    + 2 * connection.request().pingInterval().toMillis() + " ms, not even a pong");
            return;
        }
        alive = false;
        ctx.writeAndFlush(new PingWebSocketFrame());
    }

    /** Whatever was read, also a part of a long message, is a sign of life. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        alive = true;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof WebSocketFrame frame) {
                read(ctx, frame);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame close) {
            connection.peerCloses(close.statusCode() < 0 ? 1005 : close.statusCode(), close.reasonText());
        } else if (frame instanceof PingWebSocketFrame) {
            ctx.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
        } else if (!(frame instanceof PongWebSocketFrame) && connection.isListening()) {
            join(frame);
        }
    }

    private void join(WebSocketFrame frame) {
        if (!joiner.fits(frame)) {
            connection.breaks(
                    TOO_BIG, "a message has more than " + connection.request().maxMessageBytes() + " bytes");
            return;
        }
        byte[] whole = joiner.add(frame);
        if (whole == null) {
            return;
        }
        if (joiner.isText()) {
            connection.text(new String(whole, StandardCharsets.UTF_8));
        } else {
            connection.binary(whole);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connection.lost("the connection to " + connection.peer() + " ended without a close frame");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException bad) {
            connection.breaks(bad.closeStatus().code(), "bad frame: " + bad.getMessage());
        } else {
            connection.lost(Words.of(cause));
        }
    }
}
