package io.patchcord.provider.socket.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** One client of a {@link FakeSocketServer}: what it asked for and sent, and what it is sent. Thread-safe. */
public final class FakeConnection extends ChannelInboundHandlerAdapter {

    /** The close code of a connection on which no close frame has come. */
    public static final int NO_CLOSE = -1;

    private static final int UPGRADE_REQUIRED = 426;
    private static final int MAX_FRAME = 64 << 20;

    private final FakeSocketServer server;
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final List<byte[]> binaries = new CopyOnWriteArrayList<>();
    private final List<Object> messages = new CopyOnWriteArrayList<>();
    private volatile Channel channel;
    private volatile FullHttpRequest request;
    private volatile FakePeer peer;
    private volatile boolean open;
    private volatile boolean answersPings = true;
    private volatile boolean answersClose = true;
    private final AtomicInteger pings = new AtomicInteger();
    private final AtomicInteger pongs = new AtomicInteger();
    private volatile boolean sentClose;
    private volatile int closeCode = NO_CLOSE;
    private volatile String closeReason = "";

    FakeConnection(FakeSocketServer server) {
        this.server = server;
    }

    // What the client asked for

    public String path() {
        return new QueryStringDecoder(request.uri()).path();
    }

    public Map<String, List<String>> query() {
        return new QueryStringDecoder(request.uri()).parameters();
    }

    /** Names in lower case. */
    public Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        request.headers().forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return headers;
    }

    // What it sent

    public List<String> texts() {
        return texts;
    }

    public List<byte[]> binaries() {
        return binaries;
    }

    /** Texts ({@link String}) and binaries ({@code byte[]}) in the order in which they came. */
    public List<Object> messages() {
        return messages;
    }

    public int binaryBytes() {
        return binaries.stream().mapToInt(bytes -> bytes.length).sum();
    }

    public int pings() {
        return pings.get();
    }

    public int pongs() {
        return pongs.get();
    }

    /** Of the close frame that came, 1005 if it had none, {@link #NO_CLOSE} if none came. */
    public int closeCode() {
        return closeCode;
    }

    public String closeReason() {
        return closeReason;
    }

    /** Whether the handshake is done and the connection is there. */
    public boolean isOpen() {
        return open && isConnected();
    }

    public boolean isConnected() {
        return channel.isActive();
    }

    // Waiting

    public FakeConnection await(String what, Predicate<FakeConnection> condition) {
        Waiting.until(what, () -> condition.test(this));
        return this;
    }

    /** The first text that holds this. */
    public String awaitText(String part) {
        await("a text with " + part, self -> texts.stream().anyMatch(text -> text.contains(part)));
        return texts.stream().filter(text -> text.contains(part)).findFirst().orElseThrow();
    }

    /** The end of the TCP connection. */
    public void awaitEnd() {
        await("the end of the connection", self -> !isConnected());
    }

    // What it is sent

    /** Opens a connection whose handshake is {@linkplain HandshakeAnswer#hold held}. */
    public void accept() {
        answer(HandshakeAnswer.accept());
    }

    /** Refuses a connection whose handshake is held. */
    public void refuse(int status, Map<String, String> headers, String body) {
        answer(HandshakeAnswer.refuse(status, headers, body));
    }

    public void sendText(String text) {
        channel.writeAndFlush(new TextWebSocketFrame(text));
    }

    public void sendBinary(byte[] bytes) {
        channel.writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes)));
    }

    /** One text message in frames of at most so many bytes, which need not end where a character does. */
    public void sendTextInFragments(String text, int bytesPerFrame) {
        sendInFragments(text.getBytes(StandardCharsets.UTF_8), bytesPerFrame, true);
    }

    /** One binary message in frames of at most so many bytes. */
    public void sendBinaryInFragments(byte[] bytes, int bytesPerFrame) {
        sendInFragments(bytes, bytesPerFrame, false);
    }

    private void sendInFragments(byte[] bytes, int bytesPerFrame, boolean text) {
        List<WebSocketFrame> frames = new ArrayList<>();
        int at = 0;
        do {
            int length = Math.min(bytesPerFrame, bytes.length - at);
            ByteBuf part = Unpooled.wrappedBuffer(bytes, at, length);
            boolean last = at + length == bytes.length;
            frames.add(
                    at > 0
                            ? new ContinuationWebSocketFrame(last, 0, part)
                            : text ? new TextWebSocketFrame(last, 0, part) : new BinaryWebSocketFrame(last, 0, part));
            at += length;
        } while (at < bytes.length);
        channel.eventLoop().execute(() -> frames.forEach(channel::writeAndFlush));
    }

    public void sendPing(String content) {
        channel.writeAndFlush(new PingWebSocketFrame(Unpooled.copiedBuffer(content, StandardCharsets.UTF_8)));
    }

    /** Bytes as they are, of a server without TLS: half a frame, or nonsense. */
    public void sendRaw(byte[] bytes) {
        channel.pipeline().firstContext().writeAndFlush(Unpooled.wrappedBuffer(bytes));
    }

    /** A close frame; the TCP connection ends when the client has answered it. */
    public void close(int code, String reason) {
        sentClose = true;
        channel.writeAndFlush(new CloseWebSocketFrame(code, reason));
    }

    /** A close frame without a code. */
    public void closeWithoutCode() {
        sentClose = true;
        channel.writeAndFlush(new CloseWebSocketFrame());
    }

    /** Ends the TCP connection in order, without a close frame. */
    public void endOfStream() {
        channel.close();
    }

    /** Resets the TCP connection. */
    public void reset() {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }

    public void answerPings(boolean answers) {
        answersPings = answers;
    }

    public void answerClose(boolean answers) {
        answersClose = answers;
    }

    /** Reads nothing more, so that what the client sends stays with it. */
    public void pauseReading() {
        channel.config().setAutoRead(false);
    }

    public void resumeReading() {
        channel.config().setAutoRead(true);
    }

    // On the event loop

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        channel = ctx.channel();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof FullHttpRequest asked
                    && asked.decoderResult().isFailure()) {
                ctx.close();
            } else if (message instanceof FullHttpRequest asked) {
                request = new DefaultFullHttpRequest(
                        asked.protocolVersion(),
                        asked.method(),
                        asked.uri(),
                        Unpooled.EMPTY_BUFFER,
                        asked.headers().copy(),
                        new DefaultHttpHeaders());
                server.add(this);
                answer(server.nextAnswer());
            } else if (message instanceof WebSocketFrame frame) {
                read(frame);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void answer(HandshakeAnswer answer) {
        channel.eventLoop().execute(() -> {
            if (answer instanceof HandshakeAnswer.Accept && !request.headers().contains(HttpHeaderNames.UPGRADE)) {
                refuse(UPGRADE_REQUIRED, Map.of(), "");
            } else if (answer instanceof HandshakeAnswer.Accept accept) {
                open(accept.headers());
            } else if (answer instanceof HandshakeAnswer.Refuse refuse) {
                channel.writeAndFlush(response(refuse)).addListener(ChannelFutureListener.CLOSE);
            } else if (answer instanceof HandshakeAnswer.Raw raw) {
                sendRaw(raw.bytes().getBytes(StandardCharsets.ISO_8859_1));
            } else if (answer instanceof HandshakeAnswer.Cut cut) {
                if (cut.reset()) {
                    reset();
                } else {
                    endOfStream();
                }
            }
        });
    }

    private void open(Map<String, String> headers) {
        HttpHeaders extra = new DefaultHttpHeaders();
        headers.forEach(extra::set);
        new WebSocketServerHandshakerFactory("ws://127.0.0.1", null, false, MAX_FRAME)
                .newHandshaker(request)
                .handshake(channel, request, extra, channel.newPromise())
                .addListener(done -> {
                    peer = server.nextPeer();
                    open = true;
                    peer.opened(this);
                });
    }

    private static FullHttpResponse response(HandshakeAnswer.Refuse refuse) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(refuse.status()),
                Unpooled.copiedBuffer(refuse.body(), StandardCharsets.UTF_8));
        refuse.headers().forEach(response.headers()::set);
        response.headers()
                .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        return response;
    }

    private void read(WebSocketFrame frame) {
        if (frame instanceof TextWebSocketFrame text) {
            texts.add(text.text());
            messages.add(text.text());
            peer.text(this, text.text());
        } else if (frame instanceof BinaryWebSocketFrame) {
            byte[] bytes = ByteBufUtil.getBytes(frame.content());
            binaries.add(bytes);
            messages.add(bytes);
            peer.binary(this, bytes);
        } else if (frame instanceof PingWebSocketFrame) {
            pings.incrementAndGet();
            if (answersPings) {
                channel.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
            }
        } else if (frame instanceof PongWebSocketFrame) {
            pongs.incrementAndGet();
        } else if (frame instanceof CloseWebSocketFrame close) {
            closeReason = close.reasonText();
            closeCode = close.statusCode() < 0 ? 1005 : close.statusCode();
            if (sentClose) {
                channel.close();
            } else if (answersClose) {
                channel.writeAndFlush(
                                new CloseWebSocketFrame(true, 0, close.content().retain()))
                        .addListener(ChannelFutureListener.CLOSE);
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
