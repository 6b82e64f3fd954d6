package io.patchcord.provider.deepgram;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.provider.socket.ProviderSockets;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call's way to Listen. The connection is made when the first audio comes, as the service waits for that no longer than
 * ten seconds, in the format of that audio; and made again, unnoticed, when the service ended it while no audio flowed. Confined
 * to the call loop.
 */
final class ListenLink {

    private static final Logger log = LoggerFactory.getLogger(ListenLink.class);

    private final ProviderSockets sockets;
    private final DeepgramAccount account;
    private final DeepgramErrors errors;
    private final CallLoop loop;
    private final User user;
    private final Backlog backlog;
    private final AfterPause afterPause = new AfterPause();
    private @Nullable AudioConverter converter;
    private @Nullable ListenConnection connection;
    private long lastAudioNanos;
    private boolean ended;

    /** Who is connected. Told on the loop. */
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
        this.backlog = new Backlog(loop, this::send);
    }

    /** Sends the frame, or keeps it until the connection is there and has heard what was said before. */
    void sendAudio(AudioFrame frame) {
        if (ended || frame.samples() == 0) {
            return;
        }
        boolean resumes = connection != null && hasPaused();
        lastAudioNanos = loop.nanoTime();
        if (connection == null) {
            connect(frame.format());
        }
        AudioFrame converted = converterTo(frame.format()).convert(frame);
        afterPause.add(converted, resumes);
        backlog.add(converted);
    }

    /** A stream keeps the format in which it began. */
    private AudioConverter converterTo(AudioFormat format) {
        AudioConverter current = converter != null ? converter : new AudioConverter(format);
        converter = current;
        return current;
    }

    private void connect(AudioFormat format) {
        AudioFormat inUse = converterTo(format).target();
        ListenConnection attempt = new ListenConnection(loop, errors, inUse, user.keepAlive(), new Events());
        connection = attempt;
        attempt.open(sockets, account.socket(user.address(inUse)));
    }

    /** Whether nobody could be asked anything now, nor soon. */
    boolean isDown() {
        return connection == null;
    }

    /** Runs the task when all audio so far is on its way, which is now if nothing waits. */
    void afterAudio(Runnable task) {
        backlog.after(task);
    }

    void sendText(String message) {
        if (connection != null) {
            connection.send(message);
        }
    }

    private void send(AudioFrame frame) {
        if (connection != null) {
            connection.send(frame);
        }
    }

    /** Ends the stream in order; nothing more is told. Idempotent. */
    void close() {
        ended = true;
        ListenConnection current = connection;
        drop();
        if (current != null) {
            current.close();
        }
    }

    private void fail(ProviderException error) {
        ListenConnection current = connection;
        ended = true;
        drop();
        if (current != null) {
            current.abort();
        }
        user.failed(error);
    }

    /** Forgets the connection, and what waits for it. */
    private void drop() {
        connection = null;
        backlog.clear();
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
        return loop.nanoTime() - lastAudioNanos >= ListenConnection.KEEP_ALIVE.toNanos();
    }

    /** What the connection tells, which is the current one: one that was dropped is over. */
    private final class Events implements ListenConnection.Owner {

        @Override
        public void opened() {
            user.connected();
            backlog.open();
        }

        @Override
        public void message(JsonNode message) {
            user.message(message);
        }

        @Override
        public void ended(ProviderException error, boolean wasOpen) {
            if (wasOpen && user.isQuiet() && (hasPaused() || !afterPause.isEmpty())) {
                log.debug("the connection ended in a pause: {}", error.getMessage());
                drop();
                sayAgain();
            } else {
                fail(error);
            }
        }

        @Override
        public void failed(ProviderException error) {
            fail(error);
        }
    }
}
