package io.patchcord.provider.openai.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.loop.CallLoop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One session of the service, from its opening to its end: takes the client's messages and sends the server's. Its
 * behaviour is that of the specification, and what a test makes it do beside that. Confined to its loop.
 */
public final class FakeRealtimeSession implements FakeHearing.Listener {

    /** Fields of the beta, which the service refuses. */
    private static final Set<String> BETA_FIELDS = Set.of(
            "modalities",
            "voice",
            "input_audio_format",
            "output_audio_format",
            "input_audio_transcription",
            "turn_detection",
            "max_response_output_tokens",
            "temperature");

    private final FakeScript script;
    private final FakeWire wire;
    private final FakeOutbox out;
    private final FakeItems items;
    private final FakeHearing hearing;
    private final FakeSpeaking speaking;
    private final ObjectNode config;
    private final List<JsonNode> received = new ArrayList<>();
    private final CallLoop.Timer expiry;
    private String lastHeard = "";
    private boolean over;

    /**
     * @param transcription whether it is a session that only listens
     * @param nowEpochSeconds by the service's clock
     */
    public FakeRealtimeSession(
            FakeScript script,
            boolean transcription,
            String model,
            CallLoop loop,
            long nowEpochSeconds,
            FakeWire wire) {
        this.script = script;
        this.wire = wire;
        this.out = new FakeOutbox(wire);
        this.items = new FakeItems(out);
        this.hearing = new FakeHearing(out, items, script, loop, this);
        this.speaking = new FakeSpeaking(out, items, script, loop);
        this.config = FakeDefaults.session(
                transcription, model, nowEpochSeconds + script.lifetime().toSeconds());
        this.expiry = loop.schedule(script.lifetime(), this::expire);
        configure();
    }

    /** By the machine's clock. */
    public static long now() {
        return Instant.now().getEpochSecond();
    }

    /** The socket is open. */
    public void opened() {
        out.send((ObjectNode) event("session.created").set("session", config.deepCopy()));
    }

    /** The socket is no more. */
    public void ended() {
        over = true;
        expiry.cancel();
    }

    /** The client has sent this. */
    public void receive(String text) {
        if (over) {
            return;
        }
        JsonNode event;
        try {
            event = FakeOutbox.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            out.error("invalid_json", "That is no JSON.", "", "");
            return;
        }
        String type = event.path("type").asText();
        if (type.equals("input_audio_buffer.append")) {
            // Too many to keep.
            hear(event, type);
            return;
        }
        received.add(event);
        if (!script.handle(this, type, event)) {
            react(type, event);
        }
    }

    private void hear(JsonNode event, String type) {
        if (!script.handle(this, type, event)) {
            hearing.append(Base64.getDecoder().decode(event.path("audio").asText()));
        }
    }

    private void react(String type, JsonNode event) {
        switch (type) {
            case "session.update" -> update(event);
            case "input_audio_buffer.commit" -> hearing.commit(event);
            case "input_audio_buffer.clear" -> hearing.clear();
            case "conversation.item.create" -> items.create(event);
            case "conversation.item.truncate" -> items.truncate(event);
            case "conversation.item.delete" -> items.delete(event);
            case "conversation.item.retrieve" -> items.retrieve(event);
            case "response.create" -> create(event);
            case "response.cancel" -> speaking.cancel(event.path("response_id").asText(""), idOf(event));
            default -> out.error("invalid_value", "Invalid value: '" + type + "'.", "type", idOf(event));
        }
    }

    private void update(JsonNode event) {
        JsonNode session = event.path("session");
        for (String field : BETA_FIELDS) {
            if (session.has(field)) {
                out.error(
                        "unknown_parameter",
                        "Unknown parameter: 'session." + field + "'.",
                        "session." + field,
                        idOf(event));
                return;
            }
        }
        merge(config, session);
        configure();
        out.send((ObjectNode) event("session.updated").set("session", config.deepCopy()));
    }

    private static void merge(ObjectNode into, JsonNode from) {
        from.properties().forEach(field -> {
            if (field.getValue() instanceof ObjectNode object
                    && into.get(field.getKey()) instanceof ObjectNode before) {
                // Formats and the like are replaced, the tree above them is merged.
                if (Set.of("audio", "input", "output").contains(field.getKey())) {
                    merge(before, object);
                    return;
                }
            }
            into.set(field.getKey(), field.getValue());
        });
    }

    private void configure() {
        hearing.configure(config.path("audio").path("input"));
        speaking.configure(config.path("audio").path("output"));
    }

    private void create(JsonNode event) {
        JsonNode response = event.path("response");
        String instructions = response.path("instructions").asText("");
        FakeAnswer answer = instructions.isEmpty()
                ? script.answer(lastWords())
                : FakeAnswer.says(instructions.substring(instructions.lastIndexOf('\n') + 1));
        speaking.create(answer, response.path("metadata"), idOf(event));
    }

    /** What a model would react to: the last thing that it was told. */
    private String lastWords() {
        List<FakeItems.FakeItem> all = items.all();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).role().equals("function_call_output")) {
                return all.get(i).text();
            }
            if (all.get(i).role().equals("user")) {
                return all.get(i).text().isEmpty() ? lastHeard : all.get(i).text();
            }
        }
        return lastHeard;
    }

    @Override
    public void speechStarted() {
        JsonNode turns = config.path("audio").path("input").path("turn_detection");
        if (speaking.isActive() && turns.path("interrupt_response").asBoolean(true)) {
            speaking.breakOff("cancelled", "turn_detected");
        }
    }

    @Override
    public void committed(String words) {
        lastHeard = words;
        JsonNode turns = config.path("audio").path("input").path("turn_detection");
        boolean conversation = config.path("type").asText().equals("realtime");
        if (conversation && turns.isObject() && turns.path("create_response").asBoolean(true)) {
            speaking.create(script.answer(words), FakeOutbox.MAPPER.nullNode(), "");
        }
    }

    private void expire() {
        if (!over) {
            sendError(
                    "session_expired",
                    "Your session hit the maximum duration of 60 minutes.",
                    "",
                    FakeOutbox.MAPPER.createObjectNode());
            wire.close(1001, "");
        }
    }

    private static String idOf(JsonNode event) {
        return event.path("event_id").asText("");
    }

    // For tests

    /** A message of the server's to be filled in, with an id of its own. */
    public ObjectNode event(String type) {
        return out.event(type);
    }

    public void send(ObjectNode event) {
        out.send(event);
    }

    /** Sends text as it is. */
    public void sendText(String text) {
        wire.text(text);
    }

    public void sendError(String code, String message, String parameter, JsonNode cause) {
        out.send(out.errorEvent(code, message, parameter, idOf(cause)));
    }

    public void close(int code, String reason) {
        wire.close(code, reason);
    }

    public void cut() {
        wire.cut();
    }

    /** Begins a response by itself. */
    public void beginResponse(FakeAnswer answer) {
        speaking.create(answer, FakeOutbox.MAPPER.nullNode(), "");
    }

    /** Fails the response that is on its way. */
    public void failResponse(String type, String code, String message) {
        speaking.fail(type, code, message);
    }

    /** Breaks off the response that is on its way. */
    public void breakOffResponse(String status, String reason) {
        speaking.breakOff(status, reason);
    }

    public boolean isOver() {
        return over;
    }

    /** What the client has sent, but for audio. */
    public List<JsonNode> received() {
        return List.copyOf(received);
    }

    public List<JsonNode> received(String type) {
        return received.stream().filter(ofType(type)).toList();
    }

    private static Predicate<JsonNode> ofType(String type) {
        return event -> event.path("type").asText().equals(type);
    }

    /** The codes of the errors that the client has brought on itself. */
    public List<String> errors() {
        return List.copyOf(out.errors());
    }

    /** How much audio came, in milliseconds. */
    public int heardMs() {
        return hearing.totalMs();
    }

    /** How many responses were begun. */
    public int responses() {
        return speaking.made();
    }

    /** What the model knows, such as {@code "user: Hello."}, one line for each item. */
    public List<String> conversation() {
        return items.inWords();
    }

    /** The session as it is set up. */
    public JsonNode config() {
        return config;
    }
}
