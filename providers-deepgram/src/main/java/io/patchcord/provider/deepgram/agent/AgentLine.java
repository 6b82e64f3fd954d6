package io.patchcord.provider.deepgram.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.spi.ProviderException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line of one call to the service, which outlives its connections: one that is lost is replaced by another, until that is
 * no use any more. Confined to the call loop.
 */
final class AgentLine {

    private static final Logger log = LoggerFactory.getLogger(AgentLine.class);

    private final AgentConfig config;
    private final Dialer dialer;
    private final CallLoop loop;
    private final String callId;
    private final Owner owner;
    private final Reconnection reconnection;
    /** Changes that came too late for the Settings which are on their way. */
    private final List<String> changes = new ArrayList<>();

    private @Nullable AgentConnection connection;
    private CallLoop.@Nullable Timer next;
    private boolean closed;

    /** Whose line it is. */
    interface Owner {

        /** The service waits for {@link #sendSettings}, which may be some seconds later. */
        void onWelcome();

        /** Settings are applied: everything may be sent. */
        void onReady();

        /** The connection is lost; another one is tried, or {@link #onFailed} follows. */
        void onLost();

        /** There is no connection to be had. The last call. */
        void onFailed(ProviderException error);

        void onMessage(String type, JsonNode message);

        void onAudio(byte[] audio);
    }

    AgentLine(AgentConfig config, Dialer dialer, CallLoop loop, String callId, Owner owner) {
        this.config = config;
        this.dialer = dialer;
        this.loop = loop;
        this.callId = callId;
        this.owner = owner;
        this.reconnection = new Reconnection(
                config.reconnectFor(), () -> ThreadLocalRandom.current().nextDouble(), loop.nanoTime());
    }

    void connect() {
        AgentConnection opened = new AgentConnection(config, loop, callId, new Events());
        connection = opened;
        opened.open(dialer);
    }

    boolean isWaitingForSettings() {
        return connection != null && connection.isWaitingForSettings();
    }

    boolean isReady() {
        return connection != null && connection.isReady();
    }

    void sendSettings(String settings) {
        if (connection != null) {
            changes.clear();
            connection.sendSettings(settings);
        }
    }

    /** Sends the message if the line is ready, else it is lost. */
    void send(String message) {
        if (connection != null) {
            connection.send(message);
        }
    }

    /** Sends a message that changes Settings which may be on their way. */
    void sendChange(String message) {
        if (isReady()) {
            send(message);
        } else {
            changes.add(message);
        }
    }

    void sendAudio(byte[] audio) {
        if (connection != null) {
            connection.sendAudio(audio);
        }
    }

    /** Gives up a connection that does not do what it should. */
    void replace(ConnectionEnd why) {
        if (connection != null) {
            connection.abort();
            over(why);
        }
    }

    void close() {
        closed = true;
        if (next != null) {
            next.cancel();
        }
        if (connection != null) {
            connection.close();
        }
    }

    private void over(ConnectionEnd end) {
        owner.onLost();
        if (closed) {
            return;
        }
        ProviderException error = end.error();
        Optional<Duration> pause =
                end.retry() ? reconnection.afterEnd(loop.nanoTime(), error.retryAfter()) : Optional.empty();
        if (pause.isEmpty()) {
            close();
            owner.onFailed(error);
            return;
        }
        long millis = pause.get().toMillis();
        log.warn("[{}] {} ({}); trying again in {} ms", callId, error.getMessage(), error.kind(), millis);
        next = loop.schedule(pause.get(), this::connect);
    }

    private final class Events implements AgentConnection.Owner {

        @Override
        public void onWelcome() {
            owner.onWelcome();
        }

        @Override
        public void onApplied() {
            reconnection.connected(loop.nanoTime());
            List<String> late = List.copyOf(changes);
            changes.clear();
            late.forEach(AgentLine.this::send);
            owner.onReady();
        }

        @Override
        public void onMessage(String type, JsonNode message) {
            owner.onMessage(type, message);
        }

        @Override
        public void onAudio(byte[] audio) {
            owner.onAudio(audio);
        }

        @Override
        public void onEnd(ConnectionEnd end) {
            over(end);
        }
    }
}
