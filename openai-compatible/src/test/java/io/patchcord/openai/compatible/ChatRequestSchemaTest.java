package io.patchcord.openai.compatible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.ToolSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every body we send, held against the published format of the request, in which no field is allowed that is not named. */
class ChatRequestSchemaTest {

    private static final String SCHEMA = "shared/specs/schemas/openai-chat.client.json";

    private static final List<ToolSpec> TOOLS = List.of(
            new ToolSpec(
                    "hang_up",
                    "End the call.",
                    "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}"),
            new ToolSpec(
                    "transfer",
                    "Put the caller through.",
                    "{\"type\":\"object\",\"properties\":{\"destination\":{\"type\":\"string\"}},\"required\":[\"destination\"]}"));

    private JsonSchema schema;

    @BeforeEach
    void readSchema() throws IOException {
        JsonNode document = Json.MAPPER.readTree(Files.readString(find()));
        closeObjects(document.path("$defs"));
        schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(document);
    }

    private static Path find() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(SCHEMA))) {
                return at.resolve(SCHEMA);
            }
        }
        assumeTrue(false, "skipped: there is no " + SCHEMA + " beside the repository");
        throw new AssertionError("not reached");
    }

    private static void closeObjects(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.has("properties")
                && !object.has("additionalProperties")
                && !object.has("allOf")) {
            object.put("additionalProperties", false);
        }
        node.forEach(ChatRequestSchemaTest::closeObjects);
    }

    @ParameterizedTest
    @ValueSource(strings = {"max_tokens", "max_completion_tokens"})
    void everyKindOfHistory_isAsPublished(String maxTokensField) throws IOException {
        assertValid(maxTokensField, "", List.of(), new ConversationItem.CallerSaid("Hello."));
        assertValid(
                maxTokensField,
                "Be brief.",
                TOOLS,
                new ConversationItem.AgentSaid("Hello, how can I help you?", true),
                new ConversationItem.CallerSaid("Put me through to sales."),
                new ConversationItem.AgentSaid("One moment.", false),
                new ConversationItem.ToolCalled("c1", "transfer", Map.of("destination", "7001", "wait", 3)),
                new ConversationItem.ToolReturned("c1", "Not done."),
                new ConversationItem.ToolCalled("c2", "hang_up", Map.of()),
                new ConversationItem.CallerSaid("Well?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"maximum_tokens"})
    void fieldThatIsNotPublished_isNoticed(String field) throws IOException {
        assertThat(errors(field, "", List.of(), new ConversationItem.CallerSaid("Hello.")))
                .isNotEmpty();
    }

    private void assertValid(
            String maxTokensField, String instructions, List<ToolSpec> tools, ConversationItem... history)
            throws IOException {
        assertThat(errors(maxTokensField, instructions, tools, history)).isEmpty();
    }

    private List<String> errors(
            String maxTokensField, String instructions, List<ToolSpec> tools, ConversationItem... history)
            throws IOException {
        ChatModel model = new ChatModel(
                "gpt-4.1-mini",
                OptionalDouble.of(0.3),
                Optional.of("low"),
                200,
                maxTokensField,
                Json.MAPPER.createObjectNode());
        JsonNode body = Json.MAPPER.readTree(
                ChatRequestBody.of(model, instructions, ChatRequestBody.tools(tools), List.of(history)));
        return schema.validate(body).stream().map(Object::toString).toList();
    }
}
