package io.patchcord.provider.deepgram.agent;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The published message formats and recorded messages that lie beside the repository; without them tests are skipped. */
final class Specs {

    private static final String FOLDER = "shared/specs";

    private Specs() {}

    /** By message type, what may be sent: a field that is not named there is an error. */
    static Map<String, JsonSchema> clientMessages() {
        JsonNode document = ScriptedService.parse(read("schemas/deepgram-agent.client.json"));
        closeObjects(document.path("$defs"));
        Map<String, JsonSchema> schemas = new LinkedHashMap<>();
        document.path("x-messages").properties().forEach(entry -> {
            ObjectNode one = document.deepCopy();
            one.remove("anyOf");
            one.put("$ref", entry.getValue().asText());
            schemas.put(
                    entry.getKey(),
                    JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                            .getSchema(one));
        });
        return schemas;
    }

    /** Recorded sessions, by name: what the server sent, in order. */
    static Map<String, List<String>> recordedSessions(String file) {
        Map<String, List<String>> sessions = new LinkedHashMap<>();
        for (String line : read("samples/" + file).lines().toList()) {
            JsonNode record = ScriptedService.parse(line);
            if (record.path("proto").asText().equals("deepgram-agent")
                    && record.path("dir").asText().equals("server")) {
                sessions.computeIfAbsent(record.path("conn").asText("examples"), name -> new ArrayList<>())
                        .add(record.path("msg").toString());
            }
        }
        return sessions;
    }

    /** An object without named fields, such as a function's parameters, is free in its form. */
    private static void closeObjects(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.path("properties").isEmpty()
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(Specs::closeObjects);
    }

    private static String read(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path file = at.resolve(FOLDER).resolve(name);
            if (Files.exists(file)) {
                try {
                    return Files.readString(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        assumeTrue(false, "skipped: there is no " + FOLDER + "/" + name + " beside the repository");
        throw new AssertionError("not reached");
    }
}
