package io.patchcord.ari;

import com.fasterxml.jackson.databind.JsonNode;

/** A name and a number of one side of a call; both may be empty. */
public record Party(String name, String number) {

    static final Party NOBODY = new Party("", "");

    static Party from(JsonNode json) {
        return new Party(Json.text(json, "name"), Json.text(json, "number"));
    }
}
