package io.patchcord.provider.deepgram;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.provider.socket.ProviderSocket;
import io.patchcord.provider.socket.ProviderSockets;
import io.patchcord.provider.socket.SocketEnd;
import io.patchcord.provider.socket.SocketListener;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection of one call to Speak: made when it is told to, and again after it was lost. Confined to the call loop. */
final class SpeakLink {

    private static final Logger log = LoggerFactory.getLogger(SpeakLink.class);

    /** Deepgram ends connections for their age (NET-0003); after an hour, as others have seen. */
    private static final Duration LONGEST_USE = Duration.ofMinutes(50);

    private final ProviderSockets sockets;
    private final DeepgramAccount account;
    private final DeepgramErrors errors;
    private final SpeakRequests requests;
    private final CallLoop loop;
    private final User user;
    private @Nullable Connection connection;

    /** Whose connection it is. Told on the loop. */
    interface User {

        void opened();

        void audio(byte[] piece);

        /** All audio of the text before one Flush has come. */
        void flushed();

        /** What comes from now on belongs to the text after one Clear. */
        void cleared();

        /** The connection is gone, or could not be made. */
        void lost(ProviderException error);
    }

    SpeakLink(ProviderSockets sockets, DeepgramAccount account, SpeakRequests requests, CallLoop loop, User user) {
        this.sockets = sockets;
        this.account = account;
        this.errors = new DeepgramErrors(account);
        this.requests = requests;
        this.loop = loop;
        this.user = user;
    }

    /** Begins to connect, unless there is a connection or it is being made. */
    void connect() {
        if (connection == null) {
            Connection attempt = new Connection();
            connection = attempt;
            attempt.socket = sockets.connect(account.socket(requests.socket()), loop, attempt);
        }
    }

    boolean isOpen() {
        return connection != null && connection.isOpen;
    }

    /** Ends a connection that is old, while nothing depends on it. */
    void renewIfOld() {
        Connection current = connection;
        if (current != null && current.isOpen && loop.nanoTime() - current.openedNanos > LONGEST_USE.toNanos()) {
            close();
        }
    }

    /** Has the text spoken, and its end marked. */
    void speak(String text) {
        SpeakRequests.speak(text).forEach(this::send);
        send(SpeakRequests.FLUSH);
    }

    void clear() {
        send(SpeakRequests.CLEAR);
    }

    private void send(String message) {
        Connection current = connection;
        if (current != null && current.socket != null && !current.socket.sendText(message)) {
            log.debug("a message for Deepgram was not sent; the end of the connection follows");
        }
    }

    /** Ends the connection in order; nothing is told of it. */
    void close() {
        Connection current = connection;
        send(SpeakRequests.CLOSE);
        connection = null;
        if (current != null && current.socket != null) {
            current.socket.close(1000, "");
        }
    }

    /** Ends the connection at once; nothing is told of it. */
    void abort() {
        Connection current = connection;
        connection = null;
        if (current != null && current.socket != null) {
            current.socket.abort();
        }
    }

    /** One connection; what it tells counts as long as it is the current one. */
    private final class Connection implements SocketListener {

        private @Nullable ProviderSocket socket;
        private @Nullable String requestId;
        private boolean isOpen;
        private long openedNanos;
        private long lastFlushed = -1;
        private boolean audioSinceFlushed;

        private boolean isCurrent() {
            return connection == this;
        }

        @Override
        public void opened(Map<String, String> responseHeaders) {
            requestId = responseHeaders.get("dg-request-id");
            log.debug("ready to speak, request {}", requestId);
            isOpen = true;
            openedNanos = loop.nanoTime();
            if (isCurrent()) {
                user.opened();
            }
        }

        @Override
        public void text(String text) {
            if (isCurrent()) {
                read(ServiceMessage.read(text));
            }
        }

        private void read(JsonNode message) {
            switch (ServiceMessage.type(message)) {
                case "Flushed" -> flushed(message.path("sequence_id").asLong(lastFlushed + 1));
                case "Cleared" -> user.cleared();
                case "Warning" ->
                    log.warn(
                            "Deepgram's voice warns: {}",
                            errors.told(message, requestId).getMessage());
                case "Error" -> {
                    abort();
                    user.lost(errors.told(message, requestId));
                }
                default -> {}
            }
        }

        /** The number of the one before, and no audio in between: it came twice. */
        private void flushed(long number) {
            if (number != lastFlushed || audioSinceFlushed) {
                lastFlushed = number;
                audioSinceFlushed = false;
                user.flushed();
            }
        }

        @Override
        public void binary(byte[] piece) {
            audioSinceFlushed |= piece.length > 0;
            if (isCurrent()) {
                user.audio(piece);
            }
        }

        @Override
        public void closed(SocketEnd end) {
            if (isCurrent()) {
                connection = null;
                user.lost(errors.ended(end, requestId));
            }
        }
    }
}
