package io.patchcord.ari;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads what Asterisk writes: missing fields have neutral values, unknown ones are ignored, sizes are bounded. */
final class Json {

    /** More than the channel list of a PBX with ten thousand channels. */
    static final int MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(MAX_DOCUMENT_BYTES)
                    .maxNestingDepth(64)
                    .maxStringLength(1024 * 1024)
                    .maxNameLength(1024)
                    .maxNumberLength(64)
                    .build())
            .build());

    /** Asterisk writes the offset without a colon ({@code +0000}); the other ISO forms are taken as well. */
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT);

    private Json() {}

    static JsonNode parse(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    static String write(Map<String, Object> values) {
        try {
            return MAPPER.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("parameters cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }

    static int integer(JsonNode node, String field) {
        return node.path(field).asInt(0);
    }

    /** The time in a field, or {@link Instant#EPOCH} when there is none that can be read. */
    static Instant instant(JsonNode node, String field) {
        String text = text(node, field);
        try {
            return text.isEmpty() ? Instant.EPOCH : TIMESTAMP.parse(text, Instant::from);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    /** An object that must be there for the answer to make sense. */
    static <T> T required(JsonNode node, String field, Function<JsonNode, T> mapper) {
        return optional(node, field, mapper)
                .orElseThrow(() -> new IllegalArgumentException("no object '" + field + "'"));
    }

    static <T> Optional<T> optional(JsonNode node, String field, Function<JsonNode, T> mapper) {
        JsonNode value = node.path(field);
        return value.isObject() ? Optional.of(mapper.apply(value)) : Optional.empty();
    }

    /** The raw text of an object whose shape is left to the reader; empty when it is not there. */
    static String raw(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isMissingNode() || value.isNull() ? "" : value.toString();
    }

    static <T> List<T> list(JsonNode array, Function<JsonNode, T> mapper) {
        List<T> values = new ArrayList<>(array.size());
        array.forEach(element -> values.add(mapper.apply(element)));
        return List.copyOf(values);
    }

    static List<String> texts(JsonNode node, String field) {
        return list(node.path(field), element -> element.asText(""));
    }

    /** An object of plain values as a map; a value that is itself an object is kept as its JSON text. */
    static Map<String, String> textMap(JsonNode node, String field) {
        Map<String, String> values = new LinkedHashMap<>();
        node.path(field)
                .properties()
                .forEach(entry -> values.put(
                        entry.getKey(),
                        entry.getValue().isContainerNode()
                                ? entry.getValue().toString()
                                : entry.getValue().asText("")));
        return Map.copyOf(values);
    }

    /** The enum constant for one of Asterisk's words, such as {@code Dialing Offhook}. */
    static <E extends Enum<E>> E word(Class<E> type, String word, E unknown) {
        String name = word.trim().replace(' ', '_').replace('-', '_').toUpperCase(Locale.ROOT);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        return unknown;
    }
}
