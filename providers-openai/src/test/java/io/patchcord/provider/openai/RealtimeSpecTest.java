package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.ToolSpec;
import io.patchcord.agent.testing.ManualCallLoop;
import io.patchcord.provider.openai.testing.FakeAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What we send and what we understand, held against the published specification. */
class RealtimeSpecTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Messages of the server that mean nothing to a telephone call. */
    private static final Set<String> OF_NO_ACCOUNT = Set.of(
            "conversation.created",
            "conversation.item.created",
            "conversation.item.added",
            "conversation.item.done",
            "conversation.item.deleted",
            "conversation.item.truncated",
            "conversation.item.input_audio_transcription.segment",
            "input_audio_buffer.cleared",
            "input_audio_buffer.dtmf_event_received",
            "input_audio_buffer.timeout_triggered",
            "output_audio_buffer.started",
            "output_audio_buffer.stopped",
            "output_audio_buffer.cleared",
            "response.content_part.added",
            "response.content_part.done",
            "response.output_audio_transcript.done",
            "response.output_text.done",
            "response.function_call_arguments.delta");

    private final ServerEvents reader = new ServerEvents(text -> text);
    private Path specs;

    @BeforeEach
    void findSpecs() {
        specs = PublishedSchema.requiredFolder();
    }

    @Test
    void everyMessageThatWeCanSend_isAsPublished() {
        PublishedSchema schema = PublishedSchema.ofClient();
        List<ObjectNode> messages = List.of(
                Json.parse(ClientEvents.append(new byte[160])).orElseThrow(),
                ClientEvents.commit(),
                ClientEvents.create(Items.caller("Hello.")),
                ClientEvents.create(Items.callerAudio(new byte[800])),
                ClientEvents.create(Items.agent("pc_item_1", "Hello.")),
                ClientEvents.createAfter("pc_item_1", Items.agent("pc_item_1_cut", "Hel …")),
                ClientEvents.create(Items.note("Go on.")),
                ClientEvents.create(Items.call("call_1", "book", "{\"day\":\"Monday\"}")),
                ClientEvents.create(Items.result("call_1", "booked")),
                ClientEvents.truncate("item_1", 1_230),
                ClientEvents.delete("item_1"),
                ClientEvents.cancel("resp_1"),
                ClientEvents.answer("answer_1"),
                ClientEvents.say("say_1", "One moment."));

        assertThat(messages)
                .allSatisfy(message -> assertThat(schema.errors(message.put("event_id", "pc_1")))
                        .isEmpty());
    }

    @Test
    void everySetting_isAsPublished() {
        PublishedSchema schema = PublishedSchema.ofClient();
        List<Map<String, String>> configs = List.of(
                Map.of(),
                Map.of(
                        "OPENAI_REALTIME_VOICE", "voice_1234",
                        "OPENAI_REALTIME_SPEED", "1.25",
                        "OPENAI_REALTIME_AUDIO", "pcm",
                        "OPENAI_REALTIME_NOISE_REDUCTION", "near_field",
                        "OPENAI_REALTIME_REASONING_EFFORT", "minimal",
                        "OPENAI_REALTIME_PARALLEL_TOOL_CALLS", "false",
                        "OPENAI_REALTIME_TRUNCATION", "0.8",
                        "OPENAI_REALTIME_CONTEXT_TOKENS", "8000",
                        "OPENAI_REALTIME_MAX_TOKENS", "500",
                        "OPENAI_REALTIME_IDLE_TIMEOUT", "8s"),
                Map.of(
                        "OPENAI_REALTIME_TURN_DETECTION", "semantic_vad",
                        "OPENAI_REALTIME_EAGERNESS", "high",
                        "OPENAI_REALTIME_TRUNCATION", "disabled",
                        "OPENAI_REALTIME_TRANSCRIPTION_MODEL", "gpt-transcribe",
                        "OPENAI_REALTIME_TRANSCRIPTION_PROMPT", "Miller, Smith",
                        "OPENAI_REALTIME_TRANSCRIPTION_LANGUAGE", "de-DE"),
                Map.of("OPENAI_REALTIME_TRANSCRIPTION_MODEL", "off"));

        for (Map<String, String> config : configs) {
            RealtimeSettings settings = settings(config);
            ObjectNode session =
                    SessionConfig.conversation(settings, request(), WireAudio.PCMA, WireAudio.PCM, Set.of());
            assertThat(schema.errors(ClientEvents.sessionUpdate(session))).isEmpty();
            ObjectNode least = SessionConfig.conversation(
                    settings, request(), WireAudio.PCMU, WireAudio.PCMU, Set.of(OptionalPart.values()));
            assertThat(schema.errors(ClientEvents.sessionUpdate(least))).isEmpty();
        }
    }

    @Test
    void everySettingOfTranscription_isAsPublished() {
        PublishedSchema schema = PublishedSchema.ofClient();
        for (Map<String, String> config : List.of(
                Map.<String, String>of(),
                Map.of("OPENAI_STT_TURN_DETECTION", "none", "OPENAI_STT_MODEL", "gpt-live-transcribe"),
                Map.of("OPENAI_STT_TURN_DETECTION", "semantic_vad", "OPENAI_STT_NOISE_REDUCTION", "far_field"))) {
            ObjectNode session = SessionConfig.transcription(
                    ListeningConfig.ofTranscription().read(ProviderConfig.of(config)), "en", WireAudio.PCMU);
            assertThat(schema.errors(ClientEvents.sessionUpdate(session))).isEmpty();
        }
    }

    @Test
    void fieldThatIsNotPublished_isNoticed() {
        PublishedSchema schema = PublishedSchema.ofClient();

        assertThat(schema.errors(ClientEvents.cancel("r").put("reason", "x"))).isNotEmpty();
        assertThat(schema.errors(ClientEvents.create(Items.caller("Hi").put("mood", "good"))))
                .isNotEmpty();
        ObjectNode beta = Json.object().put("type", "realtime").put("voice", "marin");
        assertThat(schema.errors(ClientEvents.sessionUpdate(beta))).isNotEmpty();
    }

    @Test
    void everyPublishedExample_isUnderstood() throws IOException {
        List<String> ignored = new ArrayList<>();
        int understood = 0;
        for (String line : Files.readAllLines(specs.resolve("samples/openai-realtime.doc-examples.jsonl"))) {
            JsonNode sample = MAPPER.readTree(line);
            if (sample.path("dir").asText().equals("server")) {
                ServerEvent event = reader.parse(sample.path("msg").toString()).orElseThrow();
                if (event instanceof ServerEvent.Other other) {
                    ignored.add(other.type());
                } else {
                    understood++;
                    assertThat(event.toString()).doesNotContain("null");
                }
            }
        }

        assertThat(understood).isGreaterThanOrEqualTo(18);
        assertThat(ignored)
                .allSatisfy(type -> assertThat(OF_NO_ACCOUNT.contains(type) || type.contains("mcp"))
                        .as(type)
                        .isTrue());
    }

    @Test
    void publishedExamples_areReadToTheLetter() {
        assertThat(
                        reader.parse(
                                "{\"event_id\":\"event_1516\",\"type\":\"input_audio_buffer.speech_started\",\"audio_start_ms\":1000,\"item_id\":\"msg_003\"}"))
                .contains(new ServerEvent.SpeechStarted("msg_003", 1000));
        assertThat(
                        reader.parse(
                                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"code\":\"invalid_event\",\"message\":\"The 'type' field is missing.\",\"param\":null,\"event_id\":\"event_567\"}}"))
                .contains(new ServerEvent.Failure(new ServerError(
                        "invalid_request_error",
                        "invalid_event",
                        "The 'type' field is missing. (invalid_event)",
                        "",
                        "event_567")));
    }

    @Test
    void theFake_sendsWhatIsPublished() throws IOException {
        PublishedSchema schema = PublishedSchema.ofServer();
        RealtimeCall call = new RealtimeCall();
        call.script()
                .answers(heard -> heard.contains("book")
                        ? FakeAnswer.says("one two three four").and(FakeAnswer.calls("unknown", "{}"))
                        : FakeAnswer.says("fine"));
        call.start();
        call.pass(1_500);
        call.speak("book it");
        call.pass(1_200);
        call.speak("stop now");
        call.pass(3_000);
        call.service().sendError("x", "y", "z", Json.object());
        call.end();

        Map<String, List<String>> errors = new HashMap<>();
        for (String message : call.sockets().serverMessages()) {
            JsonNode json = MAPPER.readTree(message);
            errors.put(json.path("type").asText(), schema.errors(json));
        }
        assertThat(errors.keySet()).hasSizeGreaterThan(20);
        assertThat(errors)
                .allSatisfy((type, found) -> assertThat(found).as(type).isEmpty());
    }

    private static RealtimeSettings settings(Map<String, String> config) {
        Map<String, String> all = new HashMap<>(config);
        all.put("OPENAI_API_KEY", RealtimeCall.KEY);
        return RealtimeConfig.settings(ProviderConfig.of(all));
    }

    private static S2sRequest request() {
        return new S2sRequest(
                "c1",
                new ManualCallLoop(),
                AudioFormat.SLIN_8K,
                AudioFormat.SLIN_8K,
                "Be brief.",
                Optional.empty(),
                "en-GB",
                Optional.empty(),
                List.of(new ToolSpec(
                        "hang_up",
                        "End the call.",
                        "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}")),
                List.of());
    }
}
