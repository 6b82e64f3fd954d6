package io.patchcord.provider.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.provider.socket.ProviderSocket;
import io.patchcord.provider.socket.SocketEnd;
import io.patchcord.provider.socket.SocketListener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session of the Realtime API over one socket: connecting, then being set up, then ready, then over. Whoever uses it
 * hears of it being ready, of what comes after that, and once of its end, unless that was asked for. Confined to the call
 * loop.
 */
final class RealtimeLink implements SocketListener {

    private static final Logger log = LoggerFactory.getLogger(RealtimeLink.class);

    private static final int NORMAL = 1000;
    /** So many of the last messages are compared with the next, since a server in trouble may send one twice. */
    private static final int REMEMBERED = 8;

    private static final int LONGEST_REMEMBERED = 64_000;

    private final String callId;
    private final CallLoop loop;
    private final OpenAiAccount account;
    private final Setup setup;
    private final Listener listener;
    private final ProviderSocket socket;
    private final CallLoop.Timer deadline;
    private final ServerEvents reader;
    private final Deque<String> lastMessages = new ArrayDeque<>();
    private State state = State.SETTING_UP;
    private String updateId = "";
    private int lastEventId;
    private long expiresAtSeconds;
    private long serverTimeSeconds;
    private String lastError = "";

    private enum State {
        SETTING_UP,
        READY,
        OVER
    }

    /** What a session is to be. */
    interface Setup {

        /** The session object to send. */
        ObjectNode session();

        /** Leaves out what the server has refused; false if that cannot be left out. */
        boolean withoutRefused(ServerError error);
    }

    /** Hears of a link. */
    interface Listener {

        void ready(RealtimeLink link);

        void event(RealtimeLink link, ServerEvent event);

        /** It has ended, or never became ready. The last that is heard of it. */
        void ended(RealtimeLink link, Trouble trouble);
    }

    /**
     * Begins to connect.
     *
     * @param connector opens the socket; the listener that it is given is called on the loop, and later
     * @param limit until the session has to be ready
     */
    RealtimeLink(
            String callId,
            CallLoop loop,
            OpenAiAccount account,
            Setup setup,
            Duration limit,
            Function<SocketListener, ProviderSocket> connector,
            Listener listener) {
        this.callId = callId;
        this.loop = loop;
        this.account = account;
        this.setup = setup;
        this.listener = listener;
        this.reader = new ServerEvents(account::withoutKey);
        this.socket = connector.apply(this);
        this.deadline = loop.schedule(
                limit,
                () -> end(Trouble.passing(
                        Kind.TIMEOUT, "OpenAI did not make a session ready within " + limit.toMillis() + " ms")));
    }

    boolean isReady() {
        return state == State.READY;
    }

    /** How long the session lives, counted from its opening; empty if the server does not tell anything that makes sense. */
    Optional<Duration> lifetime() {
        Duration life = Duration.ofSeconds(expiresAtSeconds - serverTimeSeconds);
        boolean sensible = expiresAtSeconds > 0 && life.toSeconds() >= 1 && life.compareTo(Duration.ofHours(24)) <= 0;
        return sensible ? Optional.of(life) : Optional.empty();
    }

    /** Sends a message under an id, which is returned, so that an error can be told to be about it. */
    String send(ObjectNode event) {
        String id = "pc_" + ++lastEventId;
        write(Json.write(event.put("event_id", id)));
        return id;
    }

    /** Sends more of the caller's audio. */
    void sendAudio(byte[] audio) {
        write(ClientEvents.append(audio));
    }

    /** Ends the session. Nothing more is heard of it. Idempotent. */
    void close() {
        if (finish()) {
            socket.close(NORMAL, "");
        }
    }

    @Override
    public void opened(Map<String, String> responseHeaders) {
        serverTimeSeconds = ServerClock.secondsFrom(responseHeaders.getOrDefault("date", ""));
        sendSetup();
    }

    @Override
    public void text(String message) {
        if (state == State.OVER || isRepeated(message)) {
            return;
        }
        Optional<ServerEvent> event = reader.parse(message);
        if (event.isEmpty()) {
            log.warn("[{}] OpenAI sent {} characters that are no message", callId, message.length());
            return;
        }
        hear(event.get());
    }

    @Override
    public void binary(byte[] message) {
        log.warn("[{}] OpenAI sent a binary message of {} bytes, which the API does not have", callId, message.length);
    }

    @Override
    public void closed(SocketEnd end) {
        end(Trouble.of(end, lastError, account));
    }

    private void sendSetup() {
        updateId = send(ClientEvents.sessionUpdate(setup.session()));
    }

    private void hear(ServerEvent event) {
        if (event instanceof ServerEvent.SessionCreated created) {
            expiresAtSeconds = created.expiresAtSeconds();
        } else if (event instanceof ServerEvent.SessionUpdated updated) {
            expiresAtSeconds = updated.expiresAtSeconds() > 0 ? updated.expiresAtSeconds() : expiresAtSeconds;
            becomeReady();
        } else if (event instanceof ServerEvent.Failure failure) {
            hearFailure(failure);
        } else if (event instanceof ServerEvent.Other other) {
            log.trace("[{}] OpenAI: {}", callId, other.type());
        } else if (state == State.READY) {
            listener.event(this, event);
        }
    }

    private void becomeReady() {
        if (state == State.SETTING_UP) {
            state = State.READY;
            deadline.cancel();
            listener.ready(this);
        }
    }

    private void hearFailure(ServerEvent.Failure failure) {
        ServerError error = failure.error();
        Optional<Trouble> end = Trouble.endOf(error);
        lastError = error.words();
        if (end.isPresent()) {
            // The close frame that mostly follows need not be waited for.
            end(end.get());
        } else if (state == State.SETTING_UP) {
            refuseSetup(error);
        } else {
            listener.event(this, failure);
        }
    }

    private void refuseSetup(ServerError error) {
        if (!error.eventId().isEmpty() && !error.eventId().equals(updateId)) {
            log.warn("[{}] OpenAI reports: {}", callId, error.words());
        } else if (setup.withoutRefused(error)) {
            sendSetup();
        } else {
            end(Trouble.lasting(Kind.CONFIGURATION, "OpenAI refuses the session's settings: " + error.words()));
        }
    }

    private void write(String text) {
        if (state != State.OVER && !socket.sendText(text) && socket.isOpen()) {
            // More than two minutes of audio wait: nobody is there any more.
            end(Trouble.passing(Kind.UNAVAILABLE, "OpenAI does not take what is sent to it"));
        }
    }

    private void end(Trouble why) {
        if (finish()) {
            socket.abort();
            // Whoever hears of it may be in the middle of sending.
            loop.execute(() -> listener.ended(this, why));
        }
    }

    private boolean finish() {
        if (state == State.OVER) {
            return false;
        }
        state = State.OVER;
        deadline.cancel();
        return true;
    }

    private boolean isRepeated(String message) {
        if (message.length() > LONGEST_REMEMBERED) {
            return false;
        }
        if (lastMessages.contains(message) && message.contains("\"event_id\"")) {
            log.debug("[{}] OpenAI sent a message twice", callId);
            return true;
        }
        lastMessages.addLast(message);
        if (lastMessages.size() > REMEMBERED) {
            lastMessages.removeFirst();
        }
        return false;
    }
}
