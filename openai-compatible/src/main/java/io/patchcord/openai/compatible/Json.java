package io.patchcord.openai.compatible;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import okhttp3.MediaType;

/** JSON with limits, since what a server sends is not ours. Thread-safe. */
final class Json {

    static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(4_000_000)
                    .build())
            .build());

    static final MediaType MEDIA_TYPE = MediaType.get("application/json");

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private Json() {}

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not to be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    static Map<String, Object> object(JsonNode node) {
        return MAPPER.convertValue(node, OBJECT);
    }

    /**
     * An object that a user wrote.
     *
     * @throws IllegalArgumentException if it is none
     */
    static ObjectNode objectOf(String text) {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            // Told below, as for JSON that is something else.
        }
        throw new IllegalArgumentException("it is no JSON object: write one such as {\"top_k\":20}");
    }
}
