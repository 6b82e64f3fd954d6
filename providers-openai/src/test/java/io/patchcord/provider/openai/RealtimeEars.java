package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.contract.Pieces;
import io.patchcord.agent.contract.SttOrder;
import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.SttEvent;
import io.patchcord.agent.spi.SttSession;
import io.patchcord.agent.testing.ManualCallLoop;
import io.patchcord.provider.openai.testing.FakeRealtimeSession;
import io.patchcord.provider.openai.testing.FakeScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** One call with realtime transcription, in virtual time. */
abstract class RealtimeEars {

    private static final Duration PTIME = Duration.ofMillis(20);

    final ManualCallLoop loop = new ManualCallLoop();
    final FakeScript script = new FakeScript();
    final VirtualSockets sockets = new VirtualSockets(loop, script);
    final List<SttEvent> events = new ArrayList<>();
    int tries = 3;
    RealtimeSttEngine engine;
    SttSession session;

    @AfterEach
    void nothingIsLeft() {
        SttOrder.check(events);
        session.close();
        int before = events.size();
        loop.advance(Duration.ofMinutes(2));
        assertThat(events).hasSize(before);
        assertThat(sockets.live()).isZero();
        if (PublishedSchema.folder().isPresent()) {
            PublishedSchema schema = PublishedSchema.ofClient();
            sockets.sessions()
                    .forEach(service -> assertThat(service.received())
                            .allSatisfy(
                                    event -> assertThat(schema.errors(event)).isEmpty()));
        }
    }

    /** A session that has heard some silence. */
    void open(String... settings) {
        create(settings);
        pass(200);
    }

    /** A session that has heard nothing yet. */
    void create(String... settings) {
        Map<String, String> config = new HashMap<>(Map.of("OPENAI_API_KEY", RealtimeCall.KEY));
        for (int i = 0; i < settings.length; i += 2) {
            config.put(settings[i], settings[i + 1]);
        }
        ProviderConfig provider = ProviderConfig.of(config);
        engine = new RealtimeSttEngine(
                OpenAiAccount.from(provider),
                ListeningConfig.ofTranscription().read(provider),
                new RealtimeSettings.Limits(
                        Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMinutes(50), tries),
                WireAudio.configured(provider, "OPENAI_STT_AUDIO"),
                sockets);
        session = engine.open(loop, "en-US", events::add);
    }

    void speak(String words) {
        send(script.tones().speak(8_000, words));
    }

    void pass(int millis) {
        send(AudioFrame.silence(AudioFormat.SLIN_8K, Duration.ofMillis(millis)));
    }

    private void send(AudioFrame audio) {
        hear(AudioConverter.convertWhole(audio, engine.inputFormat(AudioFormat.SLIN_8K)));
    }

    /** The caller's audio as it is. */
    void hear(AudioFrame audio) {
        for (AudioFrame frame : Pieces.of(audio, PTIME)) {
            session.sendAudio(frame);
            loop.advance(PTIME);
        }
    }

    List<SttEvent> ends() {
        return events.stream().filter(SttEvent.EndOfTurn.class::isInstance).toList();
    }

    static SttEvent end(String words) {
        return new SttEvent.EndOfTurn(words);
    }

    ProviderException failure() {
        List<SttEvent.Failed> failures = events.stream()
                .filter(SttEvent.Failed.class::isInstance)
                .map(SttEvent.Failed.class::cast)
                .toList();
        assertThat(failures).hasSize(1);
        return failures.get(0).error();
    }

    /** The id of the item that was made of the last turn. */
    String lastItem() {
        return sockets.serverMessages().stream()
                .map(Json::parse)
                .flatMap(message -> message.stream())
                .filter(message -> message.path("type").asText().equals("input_audio_buffer.committed"))
                .reduce((one, other) -> other)
                .orElseThrow()
                .path("item_id")
                .asText();
    }

    static ObjectNode completed(FakeRealtimeSession service, String item, String words) {
        return service.event("conversation.item.input_audio_transcription.completed")
                .put("item_id", item)
                .put("content_index", 0)
                .put("transcript", words);
    }
}
