package io.patchcord.provider.socket;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The side of a socket that its user sees. The methods of {@link ProviderSocket} and all fields are confined to the user's
 * executor; the others are called on the event loop, in order, and hop over.
 */
final class SocketHandle implements ProviderSocket {

    private static final Logger log = LoggerFactory.getLogger(SocketHandle.class);

    private final EventLoop loop;
    private final Executor executor;
    private final SocketListener listener;
    private volatile @Nullable Connection connection;
    private State state = State.CONNECTING;
    private @Nullable Channel channel;

    private enum State {
        CONNECTING,
        OPEN,
        CLOSING,
        CLOSED
    }

    SocketHandle(EventLoop loop, Executor executor, SocketListener listener) {
        this.loop = loop;
        this.executor = executor;
        this.listener = listener;
    }

    void attach(Connection ours) {
        connection = ours;
    }

    @Override
    public boolean sendText(String text) {
        Channel open = sendable();
        return open != null && send(open, new TextWebSocketFrame(text));
    }

    @Override
    public boolean sendBinary(byte[] bytes) {
        if (bytes.length == 0) {
            return true;
        }
        Channel open = sendable();
        return open != null && send(open, new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes)));
    }

    private @Nullable Channel sendable() {
        Channel open = channel;
        return open != null && isOpen() && open.isWritable() ? open : null;
    }

    private static boolean send(Channel open, WebSocketFrame frame) {
        open.writeAndFlush(frame);
        return true;
    }

    @Override
    public boolean isOpen() {
        return state == State.OPEN && channel != null && channel.isActive();
    }

    @Override
    public void close(int code, String reason) {
        if (code <= 0 || !WebSocketCloseStatus.isValidStatusCode(code)) {
            throw new IllegalArgumentException("a socket cannot be closed with the code " + code);
        }
        leave(ours -> ours.close(code, reason));
    }

    @Override
    public void abort() {
        leave(Connection::abort);
    }

    private void leave(Consumer<Connection> how) {
        Connection ours = connection;
        if (ours == null || state == State.CLOSED) {
            return;
        }
        state = State.CLOSING;
        try {
            loop.execute(() -> how.accept(ours));
        } catch (RejectedExecutionException e) {
            log.debug("the socket has ended with its event loop");
        }
    }

    void opened(Channel open, Map<String, String> responseHeaders) {
        hop(() -> {
            channel = open;
            if (state == State.CONNECTING) {
                state = State.OPEN;
                listener.opened(responseHeaders);
            }
        });
    }

    void text(String message) {
        hop(() -> {
            if (state == State.OPEN) {
                listener.text(message);
            }
        });
    }

    void binary(byte[] message) {
        hop(() -> {
            if (state == State.OPEN) {
                listener.binary(message);
            }
        });
    }

    void closed(SocketEnd end) {
        hop(() -> {
            state = State.CLOSED;
            listener.closed(end);
        });
    }

    private void hop(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            log.debug("nobody listens to the socket any more");
            Connection ours = connection;
            if (ours != null) {
                ours.abort();
            }
        }
    }
}
