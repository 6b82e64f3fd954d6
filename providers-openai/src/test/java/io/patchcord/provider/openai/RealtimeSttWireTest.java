package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchcord.agent.contract.KeptLog;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.StreamingSttEngine;
import io.patchcord.agent.spi.SttEvent;
import io.patchcord.agent.spi.SttSession;
import io.patchcord.agent.testing.ThreadCallLoop;
import io.patchcord.provider.openai.testing.FakeRealtimeServer;
import io.patchcord.provider.openai.testing.FakeScript;
import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.HandshakeAnswer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only shows of a transcription on a real socket; after each test nothing is left, and the key is in no line of the log. */
class RealtimeSttWireTest {

    private static final AudioFrame PTIME = AudioFrame.silence(AudioFormat.ULAW_8K, Duration.ofMillis(20));

    private final FakeScript script = new FakeScript();
    private final FakeRealtimeServer server = FakeRealtimeServer.start(script);
    private final ThreadCallLoop loop = new ThreadCallLoop();
    private final List<SttEvent> events = new CopyOnWriteArrayList<>();
    private final KeptLog log = KeptLog.start();
    private StreamingSttEngine engine;
    private SttSession session;

    @AfterEach
    void nothingIsLeft() {
        loop.run(session::close);
        await().until(() -> server.sockets().liveConnections() == 0);
        engine.close();
        server.close();
        loop.close();
        log.close();
        assertThat(loop.failures()).isEmpty();
        log.assertWithout(RealtimeCall.KEY);
        assertThat(events.toString()).doesNotContain(RealtimeCall.KEY);
    }

    private void open(String... settings) {
        Map<String, String> config = new HashMap<>(Map.of(
                "OPENAI_API_KEY",
                RealtimeCall.KEY,
                "OPENAI_BASE_URL",
                server.baseUrl().toString()));
        for (int i = 0; i < settings.length; i += 2) {
            config.put(settings[i], settings[i + 1]);
        }
        engine = (StreamingSttEngine) new OpenAiSttProvider().create(ProviderConfig.of(config));
        session = loop.call(() -> engine.open(loop, "en", events::add));
        loop.run(() -> session.sendAudio(PTIME));
    }

    private FakeConnection ready() {
        await().until(() -> log.lines().stream().anyMatch(line -> line.contains("OpenAI session ready")));
        return server.sockets().awaitOpen(0);
    }

    private ProviderException awaitFailure() {
        await().until(() -> events.stream().anyMatch(SttEvent.Failed.class::isInstance));
        assertThat(events).hasSize(1);
        return ((SttEvent.Failed) events.get(0)).error();
    }

    @Test
    void peerThatNeverAnswersTheHandshake_isATimeOut() {
        server.sockets().answer(HandshakeAnswer.hold());
        open("OPENAI_STT_TIMEOUT", "200ms");

        assertThat(awaitFailure().kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(server.sockets().connections()).hasSize(3);
    }

    @Test
    void peerThatSpeaksNoHttp_isUnavailable() {
        server.sockets().answer(HandshakeAnswer.raw("220 mail.example.net ready for " + RealtimeCall.KEY + "\r\n\r\n"));
        open();

        assertThat(awaitFailure().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void refusalThatEchoesTheKey_isToldWithoutIt() {
        server.sockets()
                .answer(HandshakeAnswer.refuse(
                        401,
                        Map.of("x-request", RealtimeCall.KEY),
                        "{\"error\":{\"message\":\"not " + RealtimeCall.KEY + "\"}}"));
        open();

        assertThat(awaitFailure().kind()).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(awaitFailure()).hasMessageContaining("not (key)");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1_000})
    void messagesInFragments_areWhole(int bytesPerFrame) {
        open();
        ready().sendTextInFragments(delta("Grüße"), bytesPerFrame);

        await().until(() -> events.contains(new SttEvent.Interim("Grüße")));
    }

    @Test
    void tenMegabytesInOneMessage_areTakenInStride() {
        open();
        FakeConnection connection = ready();
        connection.sendText("{\"type\":\"brand.new\",\"text\":\"" + "x".repeat(10 << 20) + "\"}");
        connection.sendTextInFragments(
                "{\"type\":\"error\",\"error\":{\"message\":\"" + "x".repeat(10 << 20) + "\"}}", 1 << 20);
        connection.sendText(delta("one"));

        await().until(() -> events.contains(new SttEvent.Interim("one")));
        assertThat(log.warnings()).singleElement().asString().hasSizeLessThan(400);
    }

    @Test
    void moreThanAnyMessageHas_isNotKept_andAnotherSessionGoesOn() {
        open();
        ready().sendText("{\"type\":\"brand.new\",\"text\":\"" + "x".repeat(20 << 20) + "\"}");

        server.sockets().awaitOpen(1).awaitText("session.update");
        server.sockets().awaitConnection(0).awaitEnd();
        assertThat(events).isEmpty();
    }

    private static String delta(String words) {
        return "{\"type\":\"conversation.item.input_audio_transcription.delta\",\"event_id\":\"e1\",\"item_id\":\"i1\","
                + "\"content_index\":0,\"delta\":\"" + words + "\"}";
    }
}
