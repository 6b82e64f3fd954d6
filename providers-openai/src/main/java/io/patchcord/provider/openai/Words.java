package io.patchcord.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;

/** Texts in messages of which any field may be missing, or null. */
final class Words {

    private Words() {}

    static String of(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isValueNode() && !value.isNull() ? value.asText() : "";
    }
}
