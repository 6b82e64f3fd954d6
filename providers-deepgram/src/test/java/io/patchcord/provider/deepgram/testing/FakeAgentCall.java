package io.patchcord.provider.deepgram.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.media.AudioFormat.Encoding;
import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.FakePeer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * One connection of a {@link FakeVoiceAgentServer}. As strict as the service: what comes before its time or is not known is
 * an Error, after which it closes. Thread-safe.
 */
public final class FakeAgentCall implements FakePeer {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long IDLE_MS = 10_000;
    private static final Set<String> SETTINGS =
            Set.of("type", "tags", "experimental", "flags", "mip_opt_out", "audio", "agent");
    private static final Set<String> AGENT = Set.of("language", "context", "listen", "think", "speak", "greeting");

    private final FakeAgentScript script;
    private final FakeAgentObserver observer;
    private final ScheduledExecutorService timer;
    private final List<String> prompts = new CopyOnWriteArrayList<>();
    private final List<String> toolResults = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final Deque<Reply> waiting = new ArrayDeque<>();
    private volatile FakeConnection connection;
    private volatile JsonNode settings = MAPPER.createObjectNode();
    private Encoding law = Encoding.ULAW;
    private SpeechGate gate;
    private ScheduledFuture<?> next;
    private long lastHeardNanos = System.nanoTime();
    private long speaksUntilNanos;
    private Deque<String> current;
    private boolean applied;
    private boolean lateDone;
    private int turns;
    private int calls;
    private int pieces;
    private int cutAfter;

    /**
     * @param announced whether it begins with AgentStartedSpeaking, as the model's replies do and injected ones do not
     */
    private record Reply(List<String> sentences, boolean announced) {}

    FakeAgentCall(FakeAgentScript script, FakeAgentObserver observer, ScheduledExecutorService timer) {
        this.script = script;
        this.observer = observer;
        this.timer = timer;
    }

    /** The wire, to see what came and to misbehave on. */
    public FakeConnection connection() {
        return connection;
    }

    /** The Settings that came; an empty object before. */
    public JsonNode settings() {
        return settings;
    }

    /** The prompts that were set after the first. */
    public List<String> prompts() {
        return prompts;
    }

    /** What functions have returned. */
    public List<String> toolResults() {
        return toolResults;
    }

    /** The codes of the Errors that were sent. */
    public List<String> errors() {
        return errors;
    }

    @Override
    public synchronized void opened(FakeConnection opened) {
        connection = opened;
        send(message("Welcome").put("request_id", "fake-request"));
        timer.schedule(this::checkIdle, IDLE_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void text(FakeConnection from, String text) {
        lastHeardNanos = System.nanoTime();
        JsonNode message;
        try {
            message = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            error("UNPARSABLE_CLIENT_MESSAGE", "Error parsing client message.");
            return;
        }
        String type = message.path("type").asText("");
        if (!applied && !type.equals("Settings")) {
            error("NON_SETTINGS_MESSAGE_BEFORE_SETTINGS", "Received " + type + " before Settings");
            return;
        }
        switch (type) {
            case "Settings" -> apply(message);
            case "KeepAlive" -> {}
            case "InjectUserMessage" -> callerSaid(message.path("content").asText(""));
            case "InjectAgentMessage" -> inject(message);
            case "FunctionCallResponse" -> toolReturned(message);
            case "UpdatePrompt" -> {
                prompts.add(message.path("prompt").asText(""));
                send(message("PromptUpdated"));
            }
            case "UpdateSpeak" -> send(message("SpeakUpdated"));
            default -> error("UNPARSABLE_CLIENT_MESSAGE", "Error parsing client message. Check the type field.");
        }
    }

    @Override
    public synchronized void binary(FakeConnection from, byte[] audio) {
        long now = System.nanoTime();
        lastHeardNanos = now;
        observer.callerAudio(this, audio, now);
        if (!applied) {
            error("BINARY_MESSAGE_BEFORE_SETTINGS", "Received audio before Settings were applied");
            return;
        }
        switch (gate.accept(audio)) {
            case BEGIN -> callerStarted();
            case END -> {
                turns++;
                callerSaid(script.heard(turns));
            }
            case NONE -> {}
        }
    }

    private void apply(JsonNode message) {
        if (applied) {
            error("SETTINGS_ALREADY_APPLIED", "Settings have already been applied");
            return;
        }
        String wrong = wrongField(message);
        if (!wrong.isEmpty()) {
            error(
                    "INVALID_SETTINGS",
                    "Error parsing client message. Check the " + wrong + " field against the API spec.");
            return;
        }
        settings = message;
        law = message.at("/audio/input/encoding").asText().equals("alaw") ? Encoding.ALAW : Encoding.ULAW;
        gate = new SpeechGate(law, script.endOfSpeech());
        cutAfter = script.cutAfter(message);
        applied = true;
        send(message("SettingsApplied"));
        String greeting = message.at("/agent/greeting").asText("");
        if (!greeting.isEmpty()) {
            say(new Reply(List.of(greeting), true));
        }
    }

    private static String wrongField(JsonNode message) {
        for (String name : (Iterable<String>) message::fieldNames) {
            if (!SETTINGS.contains(name)) {
                return name;
            }
        }
        for (String name : (Iterable<String>) message.path("agent")::fieldNames) {
            if (!AGENT.contains(name)) {
                return "agent." + name;
            }
        }
        for (String way : List.of("input", "output")) {
            JsonNode format = message.path("audio").path(way);
            if (!Set.of("mulaw", "alaw").contains(format.path("encoding").asText())) {
                return "audio." + way + ".encoding";
            }
            if (format.path("sample_rate").asInt() != 8_000) {
                return "audio." + way + ".sample_rate";
            }
        }
        return message.at("/audio/output/container").asText("").equals("none") ? "" : "audio.output.container";
    }

    private void callerStarted() {
        send(message("UserStartedSpeaking"));
        stopSpeaking();
    }

    /** A reply that is cut short is still reported as done, when nobody asks any more. */
    private void stopSpeaking() {
        waiting.clear();
        if (next != null) {
            next.cancel(false);
            next = null;
        }
        lateDone |= current != null;
        current = null;
        speaksUntilNanos = System.nanoTime();
    }

    private void callerSaid(String text) {
        said("user", text);
        send(message("EndOfThought"));
        if (lateDone) {
            lateDone = false;
            send(message("AgentAudioDone"));
        }
        later(script.thinking().toMillis(), () -> think(text));
    }

    private void think(String text) {
        script.tool(turns)
                .filter(tool -> calls < turns)
                .ifPresentOrElse(this::call, () -> say(new Reply(script.answer(text), true)));
    }

    private void call(FakeAgentScript.ToolRequest tool) {
        calls = turns;
        ObjectNode request = message("FunctionCallRequest");
        request.putArray("functions")
                .addObject()
                .put("id", "call_" + turns)
                .put("name", tool.name())
                .put("arguments", tool.arguments())
                .put("client_side", true);
        send(request);
    }

    private void toolReturned(JsonNode message) {
        String result = message.path("content").asText("");
        toolResults.add(result);
        say(new Reply(script.toolAnswer(result), true));
    }

    private void inject(JsonNode message) {
        Reply reply = new Reply(List.of(message.path("message").asText("")), false);
        switch (message.path("behavior").asText("default")) {
            case "queue" -> say(reply);
            case "interrupt" -> {
                stopSpeaking();
                say(reply);
            }
            default -> {
                if (isSpeaking()) {
                    send(message("InjectionRefused").put("message", "the agent is speaking"));
                } else {
                    say(reply);
                }
            }
        }
    }

    private boolean isSpeaking() {
        return current != null || System.nanoTime() - speaksUntilNanos < 0;
    }

    private void say(Reply reply) {
        waiting.add(reply);
        if (current == null) {
            startNext();
        }
    }

    private void startNext() {
        Reply reply = waiting.poll();
        if (reply != null) {
            current = new ArrayDeque<>(reply.sentences());
            speak(reply.announced());
        }
    }

    /** The next sentence: its words, then its audio in one go, faster than it can be played. */
    private void speak(boolean announced) {
        String sentence = current.poll();
        if (sentence == null) {
            current = null;
            send(message("AgentAudioDone"));
            startNext();
            return;
        }
        said("assistant", sentence);
        if (announced) {
            send(message("AgentStartedSpeaking")
                    .put("total_latency", 0.001)
                    .put("tts_latency", 0.0005)
                    .put("ttt_latency", 0.0005));
        }
        byte[] audio = script.audio(sentence, law);
        observer.answers(this, System.nanoTime());
        for (int at = 0; at < audio.length; at += script.chunkBytes()) {
            connection.sendBinary(Arrays.copyOfRange(audio, at, Math.min(audio.length, at + script.chunkBytes())));
            if (++pieces == cutAfter) {
                connection.reset();
                current = null;
                waiting.clear();
                return;
            }
        }
        long length = TimeUnit.MILLISECONDS.toNanos(audio.length / 8);
        speaksUntilNanos = Math.max(speaksUntilNanos, System.nanoTime()) + length;
        boolean wait = !script.isInOneGo() && !current.isEmpty();
        later(wait ? audio.length / 8 : 0, () -> {
            if (current != null) {
                speak(false);
            }
        });
    }

    private void later(long millis, Runnable task) {
        if (millis == 0) {
            task.run();
            return;
        }
        next = timer.schedule(
                () -> {
                    synchronized (this) {
                        task.run();
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    private void said(String role, String text) {
        send(message("ConversationText").put("role", role).put("content", text));
        if (settings.at("/flags/history").asBoolean(true)) {
            send(message("History").put("role", role).put("content", text));
        }
    }

    private synchronized void checkIdle() {
        if (!connection.isConnected() || timer.isShutdown()) {
            return;
        }
        long idle = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastHeardNanos);
        if (idle >= IDLE_MS) {
            error("CLIENT_MESSAGE_TIMEOUT", "We did not receive a binary message or a KeepAlive in time");
        } else {
            timer.schedule(this::checkIdle, IDLE_MS - idle, TimeUnit.MILLISECONDS);
        }
    }

    private void error(String code, String description) {
        errors.add(code);
        send(message("Error").put("code", code).put("description", description));
        connection.close(1011, code);
    }

    private static ObjectNode message(String type) {
        return MAPPER.createObjectNode().put("type", type);
    }

    private void send(ObjectNode message) {
        connection.sendText(message.toString());
    }
}
