package io.patchcord.provider.socket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the upgrade, once TLS is done where there is TLS, and reads the answer: the WebSocket, or a refusal with what the
 * server has to say about it.
 */
final class HandshakeHandler extends ChannelInboundHandlerAdapter {

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int MAX_BODY = 64 << 10;

    private final Connection connection;
    private final Handshaker handshaker;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable HttpResponse response;

    HandshakeHandler(Connection connection) {
        this.connection = connection;
        this.handshaker = new Handshaker(connection.request(), connection.peer());
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (ctx.pipeline().get(SslHandler.class) == null) {
            handshaker.handshake(ctx.channel());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent tls)) {
            ctx.fireUserEventTriggered(event);
        } else if (tls.isSuccess()) {
            handshaker.handshake(ctx.channel());
        } else {
            connection.lost(Words.ofTls(tls.cause()));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof HttpObject http) {
                read(ctx, http);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(ChannelHandlerContext ctx, HttpObject message) {
        if (message.decoderResult().isFailure()) {
            connection.lost("what " + connection.peer() + " answered is not HTTP");
            return;
        }
        if (message instanceof HttpResponse head && !isInterim(head)) {
            response = head;
        }
        if (message instanceof HttpContent content && response != null) {
            keep(content.content());
            if (message instanceof LastHttpContent) {
                answered(ctx, response);
            }
        }
    }

    /** Such as 103, after which the answer proper follows. */
    private static boolean isInterim(HttpResponse head) {
        return head.status().codeClass() == HttpStatusClass.INFORMATIONAL
                && head.status().code() != SWITCHING_PROTOCOLS;
    }

    private void keep(ByteBuf content) {
        byte[] bytes = new byte[Math.min(content.readableBytes(), MAX_BODY - body.size())];
        content.readBytes(bytes);
        body.writeBytes(bytes);
    }

    private void answered(ChannelHandlerContext ctx, HttpResponse head) {
        if (head.status().code() != SWITCHING_PROTOCOLS) {
            connection.refused(refusal(head));
            return;
        }
        DefaultFullHttpResponse upgrade = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, head.status());
        upgrade.headers().set(head.headers());
        try {
            handshaker.finishHandshake(ctx.channel(), upgrade);
        } catch (WebSocketHandshakeException e) {
            // Its message holds what the peer has written into its headers.
            connection.lost(connection.peer() + " is no WebSocket server");
            return;
        } finally {
            upgrade.release();
        }
        ctx.pipeline().replace(this, null, new FrameHandler(connection));
        connection.opened(headers(head.headers()));
    }

    /** The refusal as far as it has come, null if nothing has. */
    SocketEnd.@Nullable Refused refusalSoFar() {
        HttpResponse head = response;
        return head == null || head.status().code() == SWITCHING_PROTOCOLS ? null : refusal(head);
    }

    private SocketEnd.Refused refusal(HttpResponse head) {
        return new SocketEnd.Refused(
                head.status().code(), headers(head.headers()), body.toString(StandardCharsets.UTF_8));
    }

    private static Map<String, String> headers(HttpHeaders headers) {
        Map<String, String> joined = new LinkedHashMap<>();
        headers.forEach(header -> joined.merge(
                header.getKey().toLowerCase(Locale.ROOT), header.getValue(), (first, next) -> first + ", " + next));
        return joined;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        SocketEnd.Refused refusal = refusalSoFar();
        if (refusal == null) {
            connection.lost("the connection to " + connection.peer() + " ended in the handshake");
        } else {
            connection.refused(refusal);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        SocketEnd.Refused refusal = refusalSoFar();
        if (refusal == null) {
            connection.lost(Words.of(cause));
        } else {
            connection.refused(refusal);
        }
    }
}
