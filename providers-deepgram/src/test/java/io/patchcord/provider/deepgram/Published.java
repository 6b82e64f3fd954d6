package io.patchcord.provider.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.patchcord.provider.socket.testing.FakeConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Deepgram's published formats, where the folder with them lies beside the repository. What we send must be in them, and no
 * field is allowed that is not named there.
 */
final class Published {

    static final ObjectMapper MAPPER = new ObjectMapper();

    private static final String SPECS = "shared/specs";

    private Published() {}

    static boolean isThere() {
        return folder().isPresent();
    }

    private static Optional<Path> folder() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve(SPECS))) {
                return Optional.of(at.resolve(SPECS));
            }
        }
        return Optional.empty();
    }

    /** The messages of one sample file for a protocol and direction. */
    static List<JsonNode> samples(String file, String protocol, String direction) {
        try (Stream<String> lines =
                Files.lines(folder().orElseThrow().resolve("samples").resolve(file))) {
            return lines.map(Published::json)
                    .filter(sample -> sample.path("proto").asText().equals(protocol))
                    .filter(sample -> sample.path("dir").asText().equals(direction))
                    .map(sample -> sample.path("msg"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Holds all that a client sent, its query included, against the format; does nothing where the formats are not. */
    static void check(String protocol, FakeConnection client) {
        if (isThere()) {
            assertThat(errors(protocol, "query", query(client.query())))
                    .as("query")
                    .isEmpty();
            client.texts().forEach(text -> checkClient(protocol, text));
        }
    }

    static void checkClient(String protocol, String message) {
        assertThat(errors(protocol, "client", json(message))).as(message).isEmpty();
    }

    /** What a server of our own tells must be as the real one's, or the test is worth nothing. */
    static void checkServer(String protocol, String message) {
        if (isThere()) {
            assertThat(errors(protocol, "server", json(message))).as(message).isEmpty();
        }
    }

    static List<String> errors(String protocol, String direction, JsonNode message) {
        return schema(protocol, direction).validate(message).stream()
                .map(Object::toString)
                .toList();
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode query(Map<String, List<String>> parameters) {
        ObjectNode query = MAPPER.createObjectNode();
        parameters.forEach((name, values) -> {
            if (values.size() == 1) {
                query.put(name, values.get(0));
            } else {
                ArrayNode list = query.putArray(name);
                values.forEach(list::add);
            }
        });
        return query;
    }

    private static JsonSchema schema(String protocol, String direction) {
        try {
            Path file = folder().orElseThrow().resolve("schemas").resolve(protocol + "." + direction + ".json");
            JsonNode document = MAPPER.readTree(Files.readString(file));
            if (!direction.equals("server")) {
                close(document.path("$defs"));
            }
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(document);
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
        node.forEach(Published::close);
    }
}
