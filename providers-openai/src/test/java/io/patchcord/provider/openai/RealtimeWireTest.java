package io.patchcord.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchcord.agent.contract.KeptLog;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import io.patchcord.agent.testing.ThreadCallLoop;
import io.patchcord.provider.openai.testing.FakeRealtimeServer;
import io.patchcord.provider.openai.testing.FakeScript;
import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.HandshakeAnswer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only shows on a real socket. */
class RealtimeWireTest {

    private final FakeScript script = new FakeScript();
    private final FakeRealtimeServer server = FakeRealtimeServer.start(script);
    private final ThreadCallLoop loop = new ThreadCallLoop();
    private final List<S2sEvent> events = new CopyOnWriteArrayList<>();
    private final KeptLog log = KeptLog.start();
    private S2sEngine engine;
    private S2sSession session;

    @AfterEach
    void stop_andNoKeyWasWrittenAnywhere() {
        if (session != null) {
            loop.run(session::close);
            awaitUntil(() -> events.contains(new S2sEvent.Closed()));
            awaitUntil(() -> server.sockets().liveConnections() == 0);
        }
        engine.close();
        server.close();
        loop.close();
        log.close();
        assertThat(loop.failures()).isEmpty();
        assertThat(log.lines()).isNotEmpty();
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
        engine = new OpenAiS2sProvider().create(ProviderConfig.of(config));
        S2sRequest request = new S2sRequest(
                "c1",
                loop,
                AudioFormat.SLIN_8K,
                AudioFormat.SLIN_8K,
                "Be brief.",
                Optional.of("Hello caller"),
                "en",
                Optional.empty(),
                List.of(),
                List.of());
        session = loop.call(() -> engine.open(request, events::add));
    }

    private static void awaitUntil(Supplier<Boolean> condition) {
        await().until(condition::get);
    }

    private long count(Class<?> type) {
        return events.stream().filter(type::isInstance).count();
    }

    private S2sEvent.Failed awaitFailure() {
        awaitUntil(() -> count(S2sEvent.Failed.class) > 0);
        return (S2sEvent.Failed) events.stream()
                .filter(S2sEvent.Failed.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void handshake_carriesTheAccount_andNothingOfTheBeta() {
        open("OPENAI_ORG_ID", "org-1", "OPENAI_PROJECT_ID", "proj-1");
        FakeConnection connection = server.sockets().awaitOpen(0);

        assertThat(connection.path()).isEqualTo("/v1/realtime");
        assertThat(connection.query()).containsOnlyKeys("model");
        assertThat(connection.headers())
                .containsEntry("authorization", "Bearer " + RealtimeCall.KEY)
                .containsEntry("openai-organization", "org-1")
                .containsEntry("openai-project", "proj-1")
                .doesNotContainKeys("openai-beta", "sec-websocket-protocol");
        awaitUntil(() -> count(S2sEvent.ResponseDone.class) == 1);
    }

    @Test
    void wrongKey_namesTheSetting_andNotTheKey() {
        server.refuseNextKey();
        open();

        S2sEvent.Failed failed = awaitFailure();
        assertThat(failed.error().kind()).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(failed.error().getMessage())
                .contains("401", "OPENAI_API_KEY")
                .doesNotContain("sk-wr");
    }

    @Test
    void refusalThatEchoesTheKey_isToldWithoutIt() {
        server.sockets()
                .answerNext(HandshakeAnswer.refuse(
                        403,
                        Map.of("x-request", RealtimeCall.KEY),
                        "{\"error\":{\"message\":\"not " + RealtimeCall.KEY + "\"}}"));
        open();

        assertThat(awaitFailure().error().kind()).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(awaitFailure().error().getMessage()).contains("not (key)");
    }

    @Test
    void redirect_isNotFollowed() {
        server.sockets().answerNext(HandshakeAnswer.refuse(307, Map.of("location", "http://127.0.0.1:9/steal"), ""));
        open();

        assertThat(awaitFailure().error().kind()).isEqualTo(Kind.CONFIGURATION);
        assertThat(awaitFailure().error().getMessage()).contains("OPENAI_BASE_URL");
    }

    @Test
    void messagesInFragments_areWhole() {
        open();
        awaitUntil(() -> count(S2sEvent.ResponseDone.class) == 1);
        String text = "{\"type\":\"response.output_audio_transcript.delta\",\"event_id\":\"e1\",\"response_id\":\"rx\","
                + "\"item_id\":\"ix\",\"delta\":\"Grüße\"}";
        server.sockets().awaitOpen(0).sendTextInFragments(text, 7);

        awaitUntil(() -> events.contains(new S2sEvent.ResponseText("rx", "Grüße")));
    }

    @Test
    void resetInTheMiddleOfTheGreeting_isRecoveredFrom() {
        script.sendsPieces(Duration.ofMillis(100), Duration.ofMillis(50));
        open();
        awaitUntil(() -> count(S2sEvent.ResponseAudio.class) > 1);
        server.cutAll();

        awaitUntil(() -> server.sessions().size() == 2 && count(S2sEvent.ResponseDone.class) == 2);
        assertThat(count(S2sEvent.Failed.class)).isZero();
    }

    @Test
    void rehearsal_asksNobody_andLeavesNothing() {
        open();
        awaitUntil(() -> count(S2sEvent.ResponseDone.class) == 1);

        engine.prepare(List.of("Hello caller"), Optional.empty(), "en").join();

        assertThat(server.sessions()).hasSize(1);
        assertThat(log.warnings()).isEmpty();
        assertThat(log.lines()).anyMatch(line -> line.startsWith("[rehearsal]"));
        awaitUntil(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("openai-rehearsal")));
    }

    @Test
    void peerThatNeverAnswersTheHandshake_isATimeOut() {
        server.sockets().answer(HandshakeAnswer.hold());
        open("OPENAI_REALTIME_TIMEOUT", "200ms");

        assertThat(awaitFailure().error().kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(server.sockets().connections()).hasSize(3);
    }

    @Test
    void serverThatIsNotThere_failsSoon() {
        server.close();
        open();

        assertThat(awaitFailure().error().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void closedEngine_endsItsSessions() {
        open();
        awaitUntil(() -> count(S2sEvent.ResponseDone.class) == 1);
        engine.close();

        awaitFailure();
        server.sockets().awaitConnection(0).awaitEnd();
    }
}
