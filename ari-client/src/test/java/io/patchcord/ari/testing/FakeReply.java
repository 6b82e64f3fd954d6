package io.patchcord.ari.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** What the fake answers: a status, and a JSON body unless it is empty. */
public record FakeReply(int status, String body) {

    static FakeReply ok(JsonNode body) {
        return new FakeReply(200, body.toString());
    }

    static FakeReply noContent() {
        return new FakeReply(204, "");
    }

    /** A refusal in Asterisk's form. */
    public static FakeReply refusal(int status, String message) {
        return new FakeReply(
                status,
                JsonNodeFactory.instance.objectNode().put("message", message).toString());
    }
}
