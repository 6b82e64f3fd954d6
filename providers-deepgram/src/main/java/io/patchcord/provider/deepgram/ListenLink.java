package io.patchcord.provider.deepgram;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.provider.socket.ProviderSocket;
import io.patchcord.provider.socket.ProviderSockets;
import io.patchcord.provider.socket.SocketEnd;
import io.patchcord.provider.socket.SocketListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection of one call to Listen. It is made when the first audio comes, as the service waits for that no longer than
 * ten seconds, in the format of that audio; it is kept alive while none flows, and made again, unnoticed, when the service
 * ended it in such a pause. Confined to the call loop.
 */
final class ListenLink {

    private static final Logger log = LoggerFactory.getLogger(ListenLink.class);
    private static final String CLOSE_STREAM = "{\"type\":\"CloseStream\"}";

    /** Deepgram asks for something every three to five seconds, and ends a connection after ten. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);

    private static final Duration KEEP_ALIVE_SILENCE = Duration.ofMillis(20);

    /** Goes out with the opening; no longer than what Deepgram takes as one message. */
    private static final Duration FIRST_PIECE = Duration.ofMillis(80);

    private final ProviderSockets sockets;
    private final DeepgramAccount account;
    private final DeepgramErrors errors;
    private final CallLoop loop;
    private final User user;
    private final Backlog backlog = new Backlog();
    private final AfterPause afterPause = new AfterPause();
    private final List<Runnable> whenOpen = new ArrayList<>();
    private @Nullable AudioConverter converter;
    private @Nullable Connection connection;
    private long lastAudioNanos;
    private boolean ended;

    /** Whose connection it is. Told on the loop. */
    interface User {

        /** Where to connect for audio of this format. */
        HttpUrl address(AudioFormat format);

        Optional<String> keepAlive();

        boolean isQuiet();

        void connected();

        void message(JsonNode message);

        /** It cannot go on; nothing more is told. */
        void failed(ProviderException error);
    }

    ListenLink(ProviderSockets sockets, DeepgramAccount account, CallLoop loop, User user) {
        this.sockets = sockets;
        this.account = account;
        this.errors = new DeepgramErrors(account);
        this.loop = loop;
        this.user = user;
    }

    /** Sends the frame, or keeps it until the connection is there. */
    void sendAudio(AudioFrame frame) {
        if (ended || frame.samples() == 0) {
            return;
        }
        boolean resumes = connection != null && hasPaused();
        lastAudioNanos = loop.nanoTime();
        Connection current = connection != null ? connection : connect(frame.format());
        AudioFrame converted = converterTo(frame.format()).convert(frame);
        afterPause.add(converted, resumes);
        if (current.isOpen && backlog.isEmpty()) {
            current.send(converted);
            return;
        }
        backlog.add(converted);
        if (current.isOpen) {
            backlog.giveFor(converted.duration(), current::send);
        }
    }

    /** A stream keeps the format in which it began. */
    private AudioConverter converterTo(AudioFormat format) {
        AudioConverter current = converter != null ? converter : new AudioConverter(format);
        converter = current;
        return current;
    }

    private Connection connect(AudioFormat format) {
        Connection attempt = new Connection();
        connection = attempt;
        AudioFormat inUse = converterTo(format).target();
        attempt.socket = sockets.connect(account.socket(user.address(inUse)), loop, attempt);
        return attempt;
    }

    /** Whether nobody could be asked anything now, nor soon. */
    boolean isDown() {
        return connection == null;
    }

    /** Runs the task when all audio so far is on its way, which is now if the connection is there. */
    void afterAudio(Runnable task) {
        Connection current = connection;
        if (current != null && current.isOpen) {
            backlog.giveAll(current::send);
            task.run();
        } else {
            whenOpen.add(task);
        }
    }

    void sendText(String message) {
        Connection current = connection;
        if (current != null && current.isOpen) {
            current.sent(current.socket().sendText(message));
        }
    }

    /** Ends the stream in order; nothing more is told. Idempotent. */
    void close() {
        ended = true;
        Connection current = connection;
        sendText(CLOSE_STREAM);
        drop();
        if (current != null) {
            current.socket().close(1000, "");
        }
    }

    private void fail(ProviderException error) {
        Connection current = connection;
        ended = true;
        drop();
        if (current != null) {
            current.socket().abort();
        }
        user.failed(error);
    }

    /** Forgets the connection, and what waits for it. */
    private void drop() {
        Connection current = connection;
        connection = null;
        backlog.clear();
        whenOpen.clear();
        if (current != null) {
            current.stopKeepAlive();
        }
    }

    /** What was sent into a connection that had ended without our knowing goes out on a new one. */
    private void sayAgain() {
        List<AudioFrame> lost = afterPause.take();
        if (!lost.isEmpty()) {
            connect(lost.get(0).format());
            lost.forEach(backlog::add);
        }
    }

    private boolean hasPaused() {
        return loop.nanoTime() - lastAudioNanos >= KEEP_ALIVE.toNanos();
    }

    /** One connection; what it tells counts as long as it is the current one. */
    private final class Connection implements SocketListener {

        private @Nullable ProviderSocket socket;
        private CallLoop.@Nullable Timer keepAlive;
        private @Nullable String requestId;
        private long lastSentNanos;
        private boolean isOpen;

        ProviderSocket socket() {
            return Objects.requireNonNull(socket);
        }

        void send(AudioFrame frame) {
            lastSentNanos = loop.nanoTime();
            sent(socket().sendBinary(frame.data()));
        }

        /** Whoever does not read a megabyte of what we send does not listen any more. */
        void sent(boolean onItsWay) {
            if (!onItsWay && socket().isOpen()) {
                loop.execute(() -> failIfCurrent(new ProviderException(
                        ProviderException.Kind.UNAVAILABLE, "Deepgram does not take the audio as fast as it comes")));
            }
        }

        private void failIfCurrent(ProviderException error) {
            if (connection == this) {
                fail(error);
            }
        }

        @Override
        public void opened(Map<String, String> responseHeaders) {
            if (connection != this) {
                return;
            }
            requestId = responseHeaders.get("dg-request-id");
            log.debug("listening, request {}", requestId);
            isOpen = true;
            lastSentNanos = loop.nanoTime();
            keepAlive = loop.schedule(KEEP_ALIVE, this::keepAlive);
            user.connected();
            List<Runnable> waiting = List.copyOf(whenOpen);
            whenOpen.clear();
            backlog.giveFor(FIRST_PIECE, this::send);
            waiting.forEach(ListenLink.this::afterAudio);
        }

        private void keepAlive() {
            long due = lastSentNanos + KEEP_ALIVE.toNanos();
            if (loop.nanoTime() >= due) {
                backlog.giveAll(this::send);
                Optional<String> message = user.keepAlive();
                if (message.isPresent()) {
                    lastSentNanos = loop.nanoTime();
                    sent(socket().sendText(message.get()));
                } else if (converter != null) {
                    send(AudioFrame.silence(converter.target(), KEEP_ALIVE_SILENCE));
                }
                due = lastSentNanos + KEEP_ALIVE.toNanos();
            }
            if (connection == this) {
                keepAlive = loop.scheduleAt(due, this::keepAlive);
            }
        }

        void stopKeepAlive() {
            if (keepAlive != null) {
                keepAlive.cancel();
            }
        }

        @Override
        public void text(String text) {
            if (connection != this) {
                return;
            }
            JsonNode message = ServiceMessage.read(text);
            if (ServiceMessage.type(message).equals("Error")) {
                fail(errors.told(message, requestId));
            } else {
                user.message(message);
            }
        }

        /** There is no audio in this direction. */
        @Override
        public void binary(byte[] message) {}

        @Override
        public void closed(SocketEnd end) {
            if (connection != this) {
                return;
            }
            if (isOpen && user.isQuiet() && (hasPaused() || !afterPause.isEmpty())) {
                log.debug("Deepgram ended the connection in a pause: {}", end);
                drop();
                sayAgain();
            } else {
                fail(errors.ended(end, requestId));
            }
        }
    }
}
