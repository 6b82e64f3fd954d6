package io.patchcord.provider.socket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.ssl.SslContext;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one socket on its event loop: connecting, open, closing, ended. It ends exactly once, by whatever comes first.
 * Confined to the event loop but for {@link #abortLater}.
 */
final class Connection {

    /** What RFC 6455 reserves for an end without a close frame. */
    static final int ABNORMAL = 1006;

    private static final Logger log = LoggerFactory.getLogger(Connection.class);
    private static final long CLOSE_LIMIT_MS = 2_000;
    private static final int MAX_REASON_BYTES = 123;

    private final SocketRequest request;
    private final Peer peer;
    private final EventLoop loop;
    private final SocketHandle handle;
    private final Consumer<Connection> onEnd;
    private final Dialer dialer;
    private @Nullable Channel channel;
    private @Nullable Future<?> limit;
    private @Nullable HandshakeHandler handshake;
    private boolean open;
    private boolean ended;
    /** Of the close frame that we have sent, 0 before that. */
    private int closingCode;

    Connection(
            SocketRequest request,
            SslContext tls,
            EventLoop loop,
            Executor slowWork,
            SocketHandle handle,
            Consumer<Connection> onEnd) {
        this.request = request;
        this.peer = Peer.of(request.uri());
        this.loop = loop;
        this.handle = handle;
        this.onEnd = onEnd;
        this.dialer = new Dialer(this, peer, tls, loop, slowWork);
    }

    SocketRequest request() {
        return request;
    }

    Peer peer() {
        return peer;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Whether what comes still has a listener. */
    boolean isListening() {
        return open && closingCode == 0 && !ended;
    }

    void start() {
        long millis = request.handshakeTimeout().toMillis();
        limit = loop.schedule(this::handshakeTookTooLong, Math.max(1, millis), TimeUnit.MILLISECONDS);
        dialer.start(Math.max(1, millis));
    }

    private void handshakeTookTooLong() {
        SocketEnd answered = handshake == null ? null : handshake.refusalSoFar();
        end(answered == null ? new SocketEnd.TimedOut(request.handshakeTimeout()) : answered);
    }

    /** A TCP connection is being made, after earlier ones that failed. */
    void dialing(Channel attempt, HandshakeHandler its) {
        channel = attempt;
        handshake = its;
    }

    void opened(Map<String, String> responseHeaders) {
        Channel connected = channel;
        if (ended || connected == null) {
            return;
        }
        open = true;
        cancelLimit();
        log.debug("{} is open", request);
        handle.opened(connected, responseHeaders);
    }

    void text(String message) {
        handle.text(message);
    }

    void binary(byte[] message) {
        handle.binary(message);
    }

    void close(int code, String reason) {
        Channel connected = channel;
        if (ended || closingCode != 0) {
            return;
        }
        closingCode = code;
        if (!open || connected == null) {
            end(new SocketEnd.ClosedByUs(code));
            return;
        }
        connected.writeAndFlush(new CloseWebSocketFrame(code, shortened(reason)));
        limit = loop.schedule(this::abort, CLOSE_LIMIT_MS, TimeUnit.MILLISECONDS);
    }

    private static String shortened(String reason) {
        String text = reason;
        while (text.getBytes(StandardCharsets.UTF_8).length > MAX_REASON_BYTES) {
            text = text.substring(0, text.offsetByCodePoints(text.length(), -1));
        }
        return text;
    }

    /** The peer sent a close frame: the first of the two, or its answer to ours. Echoes it in the first case. */
    void peerCloses(int code, String reason) {
        Channel connected = channel;
        boolean answers = closingCode != 0;
        if (ended || connected == null) {
            return;
        }
        if (answers) {
            end(new SocketEnd.ClosedByUs(closingCode));
            return;
        }
        ChannelFuture echo =
                connected.writeAndFlush(code == 1005 ? new CloseWebSocketFrame() : new CloseWebSocketFrame(code, ""));
        endAfter(echo, new SocketEnd.ClosedByPeer(code, reason));
    }

    /** Ends because of what the peer sent, and tells it so. */
    void breaks(int code, String what) {
        Channel connected = channel;
        if (ended || connected == null) {
            return;
        }
        endAfter(
                connected.writeAndFlush(new CloseWebSocketFrame(code, shortened(what))),
                ourEndOr(new SocketEnd.Lost(what)));
    }

    /** The connection is no more, or cannot be made. */
    void lost(String what) {
        end(ourEndOr(new SocketEnd.Lost(what)));
    }

    void refused(SocketEnd.Refused refusal) {
        end(refusal);
    }

    void abort() {
        end(new SocketEnd.ClosedByUs(closingCode == 0 ? ABNORMAL : closingCode));
    }

    /** {@link #abort} from any thread. */
    void abortLater() {
        try {
            loop.execute(this::abort);
        } catch (RejectedExecutionException e) {
            log.debug("{} has ended with its event loop", request);
        }
    }

    private SocketEnd ourEndOr(SocketEnd other) {
        return closingCode == 0 ? other : new SocketEnd.ClosedByUs(closingCode);
    }

    private void end(SocketEnd end) {
        if (tell(end) && channel != null) {
            channel.close();
        }
    }

    /** Ends now, and lets the last frame out before the connection goes; not for longer than a close may take. */
    private void endAfter(ChannelFuture lastFrame, SocketEnd end) {
        if (!tell(end)) {
            return;
        }
        lastFrame.addListener(ChannelFutureListener.CLOSE);
        Channel connected = lastFrame.channel();
        Future<?> force = loop.schedule(() -> connected.close(), CLOSE_LIMIT_MS, TimeUnit.MILLISECONDS);
        connected.closeFuture().addListener(done -> force.cancel(false));
    }

    private boolean tell(SocketEnd end) {
        if (ended) {
            return false;
        }
        ended = true;
        cancelLimit();
        onEnd.accept(this);
        log.debug("{} ends: {}", request, end);
        handle.closed(end);
        return true;
    }

    private void cancelLimit() {
        Future<?> running = limit;
        if (running != null) {
            running.cancel(false);
            limit = null;
        }
    }
}
