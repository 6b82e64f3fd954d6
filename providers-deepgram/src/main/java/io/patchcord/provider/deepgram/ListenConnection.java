package io.patchcord.provider.deepgram;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.provider.socket.ProviderSocket;
import io.patchcord.provider.socket.ProviderSockets;
import io.patchcord.provider.socket.SocketEnd;
import io.patchcord.provider.socket.SocketListener;
import io.patchcord.provider.socket.SocketRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to Listen, kept alive while no audio flows. When it was ended, by whomever, nothing more is told of it. Confined to
 * the call loop.
 */
final class ListenConnection implements SocketListener {

    private static final Logger log = LoggerFactory.getLogger(ListenConnection.class);

    /** Deepgram asks for something every three to five seconds, and ends a connection after ten. */
    static final Duration KEEP_ALIVE = Duration.ofSeconds(4);

    private static final String CLOSE_STREAM = "{\"type\":\"CloseStream\"}";
    private static final Duration SILENCE = Duration.ofMillis(20);

    private final CallLoop loop;
    private final DeepgramErrors errors;
    private final Owner owner;
    private final Optional<String> keepAliveMessage;
    private final AudioFrame silence;
    private final KeepAlive keepAlive;
    private @Nullable ProviderSocket socket;
    private @Nullable String requestId;
    private boolean isOpen;
    private boolean over;

    /** Whose connection it is. Told on the loop. */
    interface Owner {

        void opened();

        void message(JsonNode message);

        /**
         * The service, or the network, has ended the connection.
         *
         * @param wasOpen whether it has been there at all
         */
        void ended(ProviderException error, boolean wasOpen);

        /** The connection is of no use any more, and is to be aborted. */
        void failed(ProviderException error);
    }

    /**
     * @param format of the audio
     * @param keepAliveMessage what keeps the connection alive on which no audio flows; without it, silence does
     */
    ListenConnection(
            CallLoop loop, DeepgramErrors errors, AudioFormat format, Optional<String> keepAliveMessage, Owner owner) {
        this.loop = loop;
        this.errors = errors;
        this.owner = owner;
        this.keepAliveMessage = keepAliveMessage;
        this.silence = AudioFrame.silence(format, SILENCE);
        this.keepAlive = new KeepAlive(loop, KEEP_ALIVE, this::keepAlive);
    }

    void open(ProviderSockets sockets, SocketRequest request) {
        socket = sockets.connect(request, loop, this);
    }

    void send(AudioFrame frame) {
        if (isOpen && socket != null) {
            keepAlive.sent();
            sent(socket.sendBinary(frame.data()));
        }
    }

    void send(String message) {
        if (isOpen && socket != null) {
            keepAlive.sent();
            sent(socket.sendText(message));
        }
    }

    /** Whoever does not read a megabyte of what we send does not listen any more. */
    private void sent(boolean onItsWay) {
        if (!onItsWay && socket != null && socket.isOpen()) {
            loop.execute(() -> fail(new ProviderException(
                    ProviderException.Kind.UNAVAILABLE, "Deepgram does not take the audio as fast as it comes")));
        }
    }

    private void keepAlive() {
        if (keepAliveMessage.isPresent()) {
            send(keepAliveMessage.get());
        } else {
            send(silence);
        }
    }

    /** Ends the stream in order. */
    void close() {
        send(CLOSE_STREAM);
        if (over() && socket != null) {
            socket.close(1000, "");
        }
    }

    /** Ends it at once. */
    void abort() {
        if (over() && socket != null) {
            socket.abort();
        }
    }

    /** False if it was over before. */
    private boolean over() {
        boolean first = !over;
        over = true;
        isOpen = false;
        keepAlive.stop();
        return first;
    }

    private void fail(ProviderException error) {
        if (!over) {
            owner.failed(error);
        }
    }

    @Override
    public void opened(Map<String, String> responseHeaders) {
        if (!over) {
            requestId = responseHeaders.get("dg-request-id");
            log.debug("listening, request {}", requestId);
            isOpen = true;
            keepAlive.start();
            owner.opened();
        }
    }

    @Override
    public void text(String text) {
        if (over) {
            return;
        }
        JsonNode message = ServiceMessage.read(text);
        if (ServiceMessage.type(message).equals("Error")) {
            fail(errors.told(message, requestId));
        } else {
            owner.message(message);
        }
    }

    /** There is no audio in this direction. */
    @Override
    public void binary(byte[] message) {}

    @Override
    public void closed(SocketEnd end) {
        boolean wasOpen = isOpen;
        if (over()) {
            owner.ended(errors.ended(end, requestId), wasOpen);
        }
    }
}
