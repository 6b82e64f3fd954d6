package io.patchcord.ari;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.ari.testing.FakeAri;
import io.patchcord.ari.testing.FakeReply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole calls as a real Asterisk told them, event by event and answer by answer. */
class CaptureReplayTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String APP = "asterisk-ai-voice-agent";

    private final FakeAri fake = FakeAri.start();
    private final Recorder recorder = new Recorder();
    private final AriClient ari =
            fake.clientBuilder().applications(APP).listener(recorder).build();

    @AfterEach
    void close() {
        ari.close();
        fake.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "22-ari-externalmedia-audiosocket.jsonl",
                "22-ari-externalmedia-rtp.jsonl",
                "16-ari-externalmedia-rtp.jsonl"
            })
    void capturedCall_isUnderstoodWhole(String capture) throws Exception {
        ari.connect();
        recorder.next(Recorder.Connected.class);
        fake.awaitSocket(APP);
        int events = 0;

        for (String line : lines(capture)) {
            JsonNode step = MAPPER.readTree(line);
            if (step.has("event")) {
                replay((ObjectNode) step.get("event"));
                events++;
            } else {
                replayRequest(step);
            }
        }

        assertThat(events).isGreaterThan(15);
        assertThat(recorder.left()).isEmpty();
    }

    private static List<String> lines(String capture) throws IOException {
        try (InputStream file = CaptureReplayTest.class.getResourceAsStream("/captures/" + capture)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    private void replay(ObjectNode event) {
        fake.push(event);

        AriEvent understood = recorder.next(Recorder.Event.class).event();

        assertThat(understood.getClass().getSimpleName())
                .isEqualTo(event.path("type").asText());
        assertThat(understood.application()).isEqualTo(APP);
        assertThat(understood.timestamp().toString())
                .isEqualTo(event.path("timestamp").asText().replace("+0000", "Z"));
        if (understood instanceof AriEvent.OfChannel about) {
            JsonNode channel = event.path("channel");
            assertThat(about.channel().id()).isEqualTo(channel.path("id").asText());
            assertThat(about.channel().caller().number())
                    .isEqualTo(channel.path("caller").path("number").asText());
            assertThat(about.channel().dialplan().appData())
                    .isEqualTo(channel.path("dialplan").path("app_data").asText());
        }
    }

    private void replayRequest(JsonNode step) {
        String method = step.path("request").asText().split(" ", 2)[0];
        String path = step.path("request").asText().split(" ", 2)[1];
        JsonNode response = step.path("response");
        fake.clearRequests();
        fake.answerNext(
                method,
                Pattern.quote(path),
                new FakeReply(step.path("status").asInt(), response.isNull() ? "" : response.toString()));

        assertThat(send(method, path.split("/", -1), step.path("query"))).succeedsWithin(FakeAri.PATIENCE);

        assertThat(fake.requests()).hasSize(1);
        if (!method.equals("DELETE")) {
            Map<String, String> parameters = MAPPER.convertValue(
                    step.path("query"),
                    MAPPER.getTypeFactory().constructMapType(Map.class, String.class, String.class));
            assertThat(fake.requests().get(0).parameters()).isEqualTo(parameters);
        }
    }

    private CompletableFuture<?> send(String method, String[] path, JsonNode query) {
        String what = method + " " + path[1] + (path.length == 3 ? "" : " " + path[path.length - 1]);
        return switch (what) {
            case "POST channels" -> externalMedia(query);
            case "POST bridges bridges" ->
                ari.bridges()
                        .create(CreateBridgeRequest.builder(CreateBridgeRequest.Type.MIXING)
                                .build());
            case "POST bridges addChannel" ->
                ari.bridges()
                        .addChannels(path[2], query.path("channel").asText().split(",", -1));
            case "GET bridges" ->
                ari.bridges()
                        .get(path[2])
                        .thenAccept(bridge -> assertThat(bridge.channelIds()).hasSize(1));
            case "GET channels variable" ->
                ari.channels()
                        .variable(path[2], query.path("variable").asText())
                        .thenAccept(value -> assertThat(value).isPresent());
            case "DELETE channels" -> ari.channels().hangup(path[2]);
            case "DELETE bridges" -> ari.bridges().destroy(path[2]);
            default -> throw new AssertionError("no such request in the captures so far: " + what);
        };
    }

    private CompletableFuture<?> externalMedia(JsonNode query) {
        ExternalMediaRequest.Builder request = ExternalMediaRequest.builder(
                        query.path("app").asText(), query.path("format").asText())
                .externalHost(query.path("external_host").asText())
                .encapsulation(query.path("encapsulation").asText())
                .transport(query.path("transport").asText())
                .data(query.path("data").asText());
        return ari.channels()
                .externalMedia(request.build())
                .thenAccept(channel -> assertThat(channel.variables()).isNotEmpty());
    }
}
