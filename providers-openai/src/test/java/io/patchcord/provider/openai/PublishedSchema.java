package io.patchcord.provider.openai;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The published formats of messages, where their folder is: those of a client closed, an unknown field is an error. */
final class PublishedSchema {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String FOLDER = "shared/specs";

    private final ObjectNode document;
    private final Map<String, JsonSchema> byType = new HashMap<>();

    private PublishedSchema(ObjectNode document) {
        this.document = document;
    }

    static Optional<Path> folder() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve(FOLDER))) {
                return Optional.of(at.resolve(FOLDER));
            }
        }
        return Optional.empty();
    }

    /** The folder, or else the test is skipped. */
    static Path requiredFolder() {
        Optional<Path> folder = folder();
        assumeTrue(folder.isPresent(), "skipped: there is no " + FOLDER + " beside the repository");
        return folder.orElseThrow();
    }

    static PublishedSchema ofClient() {
        return read("openai-realtime.client.json", true);
    }

    static PublishedSchema ofServer() {
        return read("openai-realtime.server.json", false);
    }

    static PublishedSchema ofQuery() {
        return read("openai-realtime.query.json", true);
    }

    private static PublishedSchema read(String file, boolean closed) {
        try {
            Path path = folder().orElseThrow().resolve("schemas").resolve(file);
            ObjectNode document = (ObjectNode) MAPPER.readTree(Files.readString(path));
            if (closed) {
                close(document.path("$defs"));
            } else {
                allowNulls(document.path("$defs"));
            }
            return new PublishedSchema(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.has("properties")
                && !object.has("additionalProperties")
                && !object.has("allOf")) {
            object.put("additionalProperties", false);
        }
        node.forEach(PublishedSchema::close);
    }

    /** Optional fields of a server's messages may be null, as the examples of the specification show. */
    private static void allowNulls(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("properties") instanceof ObjectNode properties) {
            List<String> required = MAPPER.convertValue(
                    object.path("required").isArray() ? object.path("required") : MAPPER.createArrayNode(),
                    MAPPER.getTypeFactory().constructCollectionType(List.class, String.class));
            properties.properties().forEach(field -> {
                if (!required.contains(field.getKey())) {
                    ObjectNode either = MAPPER.createObjectNode();
                    either.putArray("anyOf").add(field.getValue()).addObject().put("type", "null");
                    properties.set(field.getKey(), either);
                }
            });
        }
        node.forEach(PublishedSchema::allowNulls);
    }

    /** What is wrong with a message, by the definition of its type; a type that is not published is wrong. */
    List<String> errors(JsonNode message) {
        return errors(message.path("type").asText(), message);
    }

    List<String> errors(String type, JsonNode message) {
        JsonNode reference = document.path("x-messages").path(type);
        if (reference.isMissingNode()) {
            return List.of("the type " + type + " is not published");
        }
        return byType.computeIfAbsent(type, name -> schema(reference.asText())).validate(message).stream()
                .map(error -> type + " " + error)
                .toList();
    }

    private JsonSchema schema(String reference) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema").put("$ref", reference);
        root.set("$defs", document.path("$defs"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
    }
}
