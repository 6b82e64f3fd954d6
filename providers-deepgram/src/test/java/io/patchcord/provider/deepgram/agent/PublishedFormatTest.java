package io.patchcord.provider.deepgram.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import io.patchcord.agent.spi.ConversationItem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every message that we can send, held against the published format, in which no field is allowed that is not named. */
class PublishedFormatTest extends AgentTest {

    private static final ConversationItem[] EVERYTHING = {
        new ConversationItem.AgentSaid("Hello.", false),
        new ConversationItem.CallerSaid("What time is it?"),
        new ConversationItem.ToolCalled("c1", "clock", Map.of("zone", "CET", "digits", 2)),
        new ConversationItem.ToolReturned("c1", "noon"),
        new ConversationItem.ToolCalled("c2", "clock", Map.of()),
        new ConversationItem.AgentSaid("It is", true),
        new ConversationItem.CallerSaid("Well?")
    };

    private Map<String, JsonSchema> schemas;

    @BeforeEach
    void readSchemas() {
        schemas = Specs.clientMessages();
    }

    @Test
    void usualSettings() {
        ready();
        assertAllValid();
    }

    @Test
    void everythingInACall() {
        ScriptedService.Line line = ready(EVERYTHING);
        session.say("One moment.");
        session.changeInstructions("Be long.");
        session.changeVoice("aura-2-apollo-en");
        line.says("{'type':'FunctionCallRequest','functions':[{'id':'c3','name':'clock','arguments':'{}',"
                + "'client_side':true}]}");
        session.toolResult("c3", "noon");
        loop.advance(Duration.ofSeconds(9));
        line.agentSays("A long answer.");
        line.speaks(100);
        session.interrupt("deepgram-1", Duration.ZERO);
        session.say("Another moment.");

        assertAllValid();
        Set<String> types = new TreeSet<>();
        line.texts()
                .forEach(text ->
                        types.add(ScriptedService.parse(text).path("type").asText()));
        assertThat(types)
                .containsExactly(
                        "FunctionCallResponse",
                        "InjectAgentMessage",
                        "InjectUserMessage",
                        "KeepAlive",
                        "Settings",
                        "UpdatePrompt",
                        "UpdateSpeak");
    }

    @Test
    void everySettingForNova() {
        set("DEEPGRAM_AGENT_LANGUAGE", "multi");
        set("DEEPGRAM_AGENT_KEYTERMS", "Patchcord, Miller and Sons");
        set("DEEPGRAM_AGENT_SMART_FORMAT", "true");
        common();
        set("OPENAI_API_KEY", "sk-secret");
        ready(EVERYTHING);
        assertAllValid();
    }

    @Test
    void everySettingForFlux() {
        set("DEEPGRAM_AGENT_LISTEN_MODEL", "flux-general-multi");
        set("DEEPGRAM_AGENT_KEYTERMS", "Patchcord");
        set("DEEPGRAM_AGENT_EOT_THRESHOLD", "0.8");
        set("DEEPGRAM_AGENT_EAGER_EOT_THRESHOLD", "0.5");
        set("DEEPGRAM_AGENT_EOT_TIMEOUT", "4s");
        common();
        set("DEEPGRAM_AGENT_THINK_URL", "https://llm.example.com/v1/chat/completions");
        set("DEEPGRAM_AGENT_THINK_API_KEY", "llm-secret");
        ready();
        assertAllValid();
        JsonNode listen = service.line().settings().at("/agent/listen/provider");
        assertThat(listen.path("language_hints").get(0).asText()).isEqualTo("en");
        assertThat(listen.path("eot_timeout_ms").asInt()).isEqualTo(4_000);
    }

    @Test
    void fieldThatIsNotPublished_isNoticed() {
        JsonSchema keepAlive = schemas.get("KeepAlive");

        assertThat(keepAlive.validate(ScriptedService.parse("{\"type\":\"KeepAlive\"}")))
                .isEmpty();
        assertThat(keepAlive.validate(ScriptedService.parse("{\"type\":\"KeepAlive\",\"more\":1}")))
                .isNotEmpty();
        JsonNode settings = ScriptedService.parse(
                "{\"type\":\"Settings\",\"audio\":{},\"agent\":{\"think\":"
                        + "{\"provider\":{\"type\":\"open_ai\",\"model\":\"m\"},\"functions\":[{\"name\":\"f\",\"url\":\"u\"}]}}}");
        assertThat(schemas.get("Settings").validate(settings)).isNotEmpty();
    }

    private void common() {
        set("DEEPGRAM_AGENT_THINK_MODEL", "gpt-4.1-mini, anthropic:claude-3-5-haiku-latest, google:gemini-2.5-flash");
        set("DEEPGRAM_AGENT_TEMPERATURE", "0.3");
        set("DEEPGRAM_AGENT_SPEAK_MODEL", "aura-2-thalia-en, flux-haley-en");
        set("DEEPGRAM_AGENT_SPEAK_SPEED", "1.1");
        set("DEEPGRAM_AGENT_ENCODING", "alaw");
        set("DEEPGRAM_AGENT_TAGS", "one, two");
        set("DEEPGRAM_MIP_OPT_OUT", "true");
    }

    private void assertAllValid() {
        List<String> texts = service.line().texts();
        assertThat(texts).isNotEmpty();
        for (String text : texts) {
            JsonNode message = ScriptedService.parse(text);
            JsonSchema schema = schemas.get(message.path("type").asText());
            assertThat(schema).as("a published type: %s", text).isNotNull();
            assertThat(schema.validate(message)).as(text).isEmpty();
        }
    }
}
