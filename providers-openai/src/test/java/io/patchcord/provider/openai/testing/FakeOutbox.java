package io.patchcord.provider.openai.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the messages of one session, each with an id of its own, and sends them. Confined to the session's loop. */
final class FakeOutbox {

    static final ObjectMapper MAPPER = new ObjectMapper();

    /** Ids are new in each session, as those of the service are. */
    private static final AtomicInteger SESSIONS = new AtomicInteger();

    private final FakeWire wire;
    private final int session = SESSIONS.incrementAndGet();
    private final List<String> errors = new ArrayList<>();
    private int last;

    FakeOutbox(FakeWire wire) {
        this.wire = wire;
    }

    /** An id such as {@code item_3_17}. */
    String newId(String kind) {
        return kind + "_" + session + "_" + ++last;
    }

    ObjectNode event(String type) {
        return MAPPER.createObjectNode().put("event_id", newId("event")).put("type", type);
    }

    void send(ObjectNode event) {
        wire.text(event.toString());
    }

    /** The codes of the errors that the client has brought on itself. */
    List<String> errors() {
        return errors;
    }

    /** Tells an error that the client has brought on itself. */
    void error(String code, String message, String parameter, String causeId) {
        errors.add(code);
        send(errorEvent(code, message, parameter, causeId));
    }

    ObjectNode errorEvent(String code, String message, String parameter, String causeId) {
        ObjectNode event = event("error");
        ObjectNode error = event.putObject("error");
        error.put("type", "invalid_request_error");
        put(error, "code", code);
        error.put("message", message);
        put(error, "param", parameter);
        put(error, "event_id", causeId);
        return event;
    }

    /** What there is nothing to say of is null. */
    static void put(ObjectNode object, String field, String value) {
        if (value.isEmpty()) {
            object.putNull(field);
        } else {
            object.put(field, value);
        }
    }
}
