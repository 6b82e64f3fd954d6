package io.patchcord.provider.deepgram.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.provider.deepgram.DeepgramErrors;
import io.patchcord.provider.deepgram.ServiceMessage;
import io.patchcord.provider.socket.ProviderSocket;
import io.patchcord.provider.socket.SocketEnd;
import io.patchcord.provider.socket.SocketListener;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the service: Welcome comes first, our Settings go out, SettingsApplied lets everything else pass, until
 * an Error, the end of the socket, or {@link #close}. Nothing that is out of this order is sent or passed on. Confined to
 * the call loop.
 */
final class AgentConnection implements SocketListener {

    private static final Logger log = LoggerFactory.getLogger(AgentConnection.class);

    private final AgentConfig config;
    private final CallLoop loop;
    private final String callId;
    private final Owner owner;
    private final DeepgramErrors errors;
    private Phase phase = Phase.CONNECTING;
    private @Nullable ProviderSocket socket;
    private CallLoop.@Nullable Timer limit;

    private enum Phase {
        CONNECTING,
        WELCOME,
        SETTINGS_SENT,
        APPLIED,
        OVER
    }

    /** Whose connection it is. */
    interface Owner {

        /** The service waits for {@link #sendSettings}. */
        void onWelcome();

        /** From now on everything may be sent. */
        void onApplied();

        /** A message other than those of the beginning and the end. */
        void onMessage(String type, JsonNode message);

        /** Audio of the agent; never empty. */
        void onAudio(byte[] audio);

        /** The last call; not after {@link #close}. */
        void onEnd(ConnectionEnd end);
    }

    AgentConnection(AgentConfig config, CallLoop loop, String callId, Owner owner) {
        this.config = config;
        this.loop = loop;
        this.callId = callId;
        this.owner = owner;
        this.errors = new DeepgramErrors(config::withoutKeys);
    }

    void open(Dialer dialer) {
        limit = loop.schedule(config.connectTimeout(), this::tooLate);
        socket = dialer.connect(config.request(), loop, this);
    }

    /** Sends the settings that the service waits for; nothing if it does not, or has them. */
    void sendSettings(String settings) {
        if (phase == Phase.WELCOME && socket != null) {
            phase = Phase.SETTINGS_SENT;
            socket.sendText(settings);
        }
    }

    boolean isWaitingForSettings() {
        return phase == Phase.WELCOME;
    }

    /** Whether Settings are applied, so that everything may be sent. */
    boolean isReady() {
        return phase == Phase.APPLIED;
    }

    void send(String message) {
        if (isReady() && socket != null && !socket.sendText(message)) {
            log.warn("[{}] a message to Deepgram could not be sent", callId);
        }
    }

    /** What cannot be sent at once is lost: a backlog would only make the caller be heard later and later. */
    void sendAudio(byte[] audio) {
        if (isReady() && socket != null) {
            socket.sendBinary(audio);
        }
    }

    /** Ends the connection in order; the owner hears nothing more. */
    void close() {
        if (over() && socket != null) {
            socket.close(1000, "");
        }
    }

    /** Ends it at once, as one that does not answer any more; the owner hears nothing more. */
    void abort() {
        if (over() && socket != null) {
            socket.abort();
        }
    }

    @Override
    public void opened(Map<String, String> responseHeaders) {
        log.debug("[{}] connected to Deepgram, request {}", callId, responseHeaders.getOrDefault("dg-request-id", "-"));
    }

    @Override
    public void text(String text) {
        if (phase == Phase.OVER) {
            return;
        }
        JsonNode message = ServiceMessage.read(text);
        take(ServiceMessage.type(message), message);
    }

    @Override
    public void binary(byte[] audio) {
        if (isReady() && audio.length > 0) {
            owner.onAudio(audio);
        }
    }

    @Override
    public void closed(SocketEnd end) {
        end(ConnectionEnd.of(end, errors));
    }

    private void take(String type, JsonNode message) {
        switch (type) {
            case "Welcome" -> welcome(message);
            case "SettingsApplied" -> applied();
            case "Error" -> {
                ConnectionEnd end = ConnectionEnd.of(message, isReady(), errors);
                ProviderSocket failed = socket;
                end(end);
                if (failed != null) {
                    failed.close(1000, "");
                }
            }
            case "Warning" ->
                log.warn(
                        "[{}] Deepgram warns: {} ({})",
                        callId,
                        config.withoutKeys(message.path("description").asText("")),
                        message.path("code").asText("no code"));
            default -> {
                if (isReady()) {
                    owner.onMessage(type, message);
                } else {
                    log.debug("[{}] Deepgram sent {} before its time: ignored", callId, type);
                }
            }
        }
    }

    private void welcome(JsonNode message) {
        if (phase == Phase.CONNECTING) {
            phase = Phase.WELCOME;
            log.info(
                    "[{}] Deepgram's Voice Agent, request {}",
                    callId,
                    message.path("request_id").asText("-"));
            owner.onWelcome();
        }
    }

    private void applied() {
        if (phase == Phase.SETTINGS_SENT) {
            phase = Phase.APPLIED;
            stopLimit();
            owner.onApplied();
        }
    }

    private void tooLate() {
        ProviderSocket late = socket;
        end(new ConnectionEnd(
                new ProviderException(
                        Kind.TIMEOUT,
                        "Deepgram's Voice Agent was not ready within "
                                + config.connectTimeout().toMillis() + " ms"),
                true));
        if (late != null) {
            late.abort();
        }
    }

    private void end(ConnectionEnd end) {
        if (over()) {
            owner.onEnd(end);
        }
    }

    /** False if it was over before. */
    private boolean over() {
        boolean first = phase != Phase.OVER;
        phase = Phase.OVER;
        stopLimit();
        return first;
    }

    private void stopLimit() {
        if (limit != null) {
            limit.cancel();
        }
    }
}
