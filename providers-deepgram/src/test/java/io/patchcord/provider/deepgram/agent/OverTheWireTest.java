package io.patchcord.provider.deepgram.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchcord.agent.contract.S2sOrder;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.ProviderConfig;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.S2sEngine;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.spi.S2sRequest;
import io.patchcord.agent.spi.S2sSession;
import io.patchcord.agent.testing.ThreadCallLoop;
import io.patchcord.provider.deepgram.testing.FakeAgentCall;
import io.patchcord.provider.deepgram.testing.FakeAgentScript;
import io.patchcord.provider.deepgram.testing.FakeVoiceAgentServer;
import io.patchcord.provider.deepgram.testing.NothingLeft;
import io.patchcord.provider.deepgram.testing.TimedLoop;
import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.HandshakeAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real sockets, and a server that behaves as the service does, or misbehaves. */
class OverTheWireTest {

    private static final String KEY = "dg-key-that-nobody-may-see";
    private static final String OPENAI_KEY = "sk-key-that-nobody-may-see";
    private static final int CUTS = 50;

    private static final String ANSWER = "We are open from nine to five. On Sundays we are closed.";
    private static final String REST = "And so on.";
    private static final Duration MS_PER_CHARACTER = Duration.ofMillis(60);

    private final FakeVoiceAgentServer server = FakeVoiceAgentServer.start(new FakeAgentScript()
            .chunks(250)
            .cuts(this::piecesBeforeTheCut)
            .answers(heard -> List.of(heard.equals(ConversationLog.GO_ON) ? REST : ANSWER)));
    private final Map<String, Integer> cutsToCome = new ConcurrentHashMap<>();
    private final ThreadCallLoop loop = new ThreadCallLoop();
    private final TimedLoop timed = new TimedLoop(loop);
    private final List<S2sEvent> events = new CopyOnWriteArrayList<>();
    private S2sEngine engine = engine("5s", "8s");

    @RegisterExtension
    final NothingLeft left = new NothingLeft(KEY, OPENAI_KEY);

    private S2sEngine engine(String connectTimeout, String reconnectFor) {
        return new DeepgramAgentProvider()
                .create(ProviderConfig.of(Map.of(
                        "DEEPGRAM_API_KEY", KEY,
                        "OPENAI_API_KEY", OPENAI_KEY,
                        "DEEPGRAM_AGENT_CONNECT_TIMEOUT", connectTimeout,
                        "DEEPGRAM_AGENT_RECONNECT_FOR", reconnectFor,
                        "DEEPGRAM_AGENT_URL", server.uri().toString())));
    }

    /** Also of sessions that nobody has closed: they end with their engine. */
    @AfterEach
    void nothingIsLeft() {
        engine.close();
        await("connections and timers end")
                .until(() -> server.sockets().liveConnections() == 0 && timed.pending() == 0);
        server.close();
        loop.close();
        assertThat(loop.failures()).isEmpty();
        S2sOrder.check(events);
        assertThat(events.toString()).doesNotContain(KEY).doesNotContain(OPENAI_KEY);
    }

    @Test
    void handshake_goesToTheAddressWithTheKey() {
        open();
        FakeConnection connection = server.awaitCall(0).connection();

        assertThat(connection.path()).isEqualTo("/v1/agent/converse");
        assertThat(connection.headers()).containsEntry("authorization", "Token " + KEY);
    }

    @Test
    void closedSession_closesItsConnectionInOrder() {
        S2sSession session = open();
        awaitDone(1);
        loop.run(session::close);

        FakeConnection connection = server.awaitCall(0).connection();
        connection.awaitEnd();
        assertThat(connection.closeCode()).isEqualTo(1000);
        assertThat(server.awaitCall(0).errors()).isEmpty();
        awaitEvent(S2sEvent.Closed.class);
    }

    @Test
    void check_opensAConnectionAndClosesIt_withoutSettings() {
        assertThat(engine.check()).succeedsWithin(Duration.ofSeconds(10));
        FakeConnection connection = server.sockets().awaitConnection(0);
        connection.awaitEnd();

        assertThat(connection.headers()).containsEntry("authorization", "Token " + KEY);
        assertThat(connection.texts()).isEmpty();
        assertThat(connection.closeCode()).isEqualTo(1000);
    }

    @Test
    void keyThatIsNotTaken_isNamed_andNotShown() {
        server.sockets().answerNext(HandshakeAnswer.refuse(401, Map.of(), "{\"err_msg\":\"Invalid " + KEY + "\"}"));

        assertThat(engine.check())
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAUTHORIZED))
                .withMessage(
                        "DEEPGRAM_API_KEY is not taken, copy it again from Deepgram's console: Deepgram answered 401: Invalid (key)");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402, 403, 400})
    void refusedHandshake_fails_withoutTheKeyInIt(int status) {
        server.sockets()
                .answer(HandshakeAnswer.refuse(
                        status, Map.of("dg-request-id", "r-9"), "{\"err_msg\":\"bad key " + KEY + "\"}"));
        open();

        S2sEvent.Failed failure = awaitEvent(S2sEvent.Failed.class);
        assertThat(failure.error()).hasMessage("Deepgram answered " + status + ": bad key (key) (request r-9)");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void handshakeThatIsRefusedOnce_isTriedAgain(int status) {
        server.sockets().answerNext(HandshakeAnswer.refuse(status, Map.of(), "<html>"));
        open();

        awaitDone(1);
        assertThat(events.get(0)).isEqualTo(new S2sEvent.Ready());
    }

    @Test
    void handshakeThatIsNotAnswered_isTriedAgain() {
        engine.close();
        engine = engine("500ms", "8s");
        server.sockets().answerNext(HandshakeAnswer.hold());
        open();

        awaitDone(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n"})
    void otherServerAtTheAddress_fails(String greeting) {
        engine.close();
        engine = engine("5s", "300ms");
        server.sockets().answer(HandshakeAnswer.raw(greeting));
        open();

        awaitEvent(S2sEvent.Failed.class);
    }

    @Test
    void rehearsal_asksNobody_andLeavesNothing() {
        engine.prepare(List.of("Hello."), Optional.empty(), "en").join();

        assertThat(server.sockets().connections()).isEmpty();
        assertThat(left.logged())
                .noneMatch(line -> line.startsWith("WARN") || line.startsWith("ERROR"))
                .noneMatch(line -> line.contains("broke off"))
                .anyMatch(line -> line.contains("[rehearsal]"));
    }

    @Test
    void nobodyListens_fails() {
        engine.close();
        engine = engine("5s", "300ms");
        server.close();
        open();

        assertThat(awaitEvent(S2sEvent.Failed.class).error().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void splitAndHugeMessages_andNonsense_disturbNobody() {
        open();
        awaitDone(1);
        FakeConnection connection = server.awaitCall(0).connection();
        connection.sendText("x".repeat(10_000_000));
        connection.sendBinaryInFragments(new byte[10_000], 7);
        connection.sendBinary(new byte[0]);
        connection.sendText("\"\\u0000");
        connection.sendTextInFragments(
                "{\"type\":\"ConversationText\",\"role\":\"user\",\"content\":\"Grüß Gott?\"}", 3);

        S2sEvent.InputTranscript words = awaitEvent(S2sEvent.InputTranscript.class);
        assertThat(words.text()).isEqualTo("Grüß Gott?");
        assertThat(events.stream()
                        .filter(S2sEvent.ResponseAudio.class::isInstance)
                        .map(event -> ((S2sEvent.ResponseAudio) event).audio().data().length)
                        .toList())
                .contains(10_000);
    }

    static Stream<Consumer<FakeConnection>> ends() {
        return Stream.of(
                connection -> connection.close(1000, ""),
                connection -> connection.close(1011, "NET-0000"),
                connection -> connection.close(4000, "?"),
                FakeConnection::closeWithoutCode,
                FakeConnection::endOfStream,
                FakeConnection::reset,
                connection -> connection.sendRaw(new byte[] {(byte) 0xFF, (byte) 0xFF, 0, 0}));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void connectionEndsInTheCall_theConversationGoesOn(Consumer<FakeConnection> end) {
        S2sSession session = open();
        awaitDone(1);
        end.accept(server.awaitCall(0).connection());
        FakeAgentCall next = server.awaitCall(1);
        loop.run(() -> session.say("Still there."));
        awaitDone(2);

        assertThat(next.settings().at("/agent/context/messages/0/content").asText())
                .isEqualTo("Hello, how can I help?");
        assertThat(events).noneMatch(S2sEvent.Failed.class::isInstance);
        assertThat(left.logged()).as("what is looked through for keys").isNotEmpty();
    }

    /** The answer to a question, cut at fifty different places. */
    @Test
    void connectionIsCutInTheMiddleOfAnAnswer_noCallIsLost_andNothingIsSaidTwice() {
        List<Cut> cuts = IntStream.range(0, CUTS).mapToObj(Cut::new).toList();
        cuts.forEach(Cut::open);
        cuts.forEach(Cut::awaitTheRest);
    }

    private S2sSession open() {
        return loop.call(
                () -> engine.open(request("wire", Optional.of("Hello, how can I help?"), List.of()), events::add));
    }

    private S2sRequest request(String callId, Optional<String> greeting, List<ConversationItem> history) {
        return new S2sRequest(
                callId,
                timed,
                AudioFormat.SLIN_8K,
                AudioFormat.SLIN_8K,
                "Be brief.",
                greeting,
                "en",
                Optional.empty(),
                List.of(),
                history);
    }

    private void awaitDone(int responses) {
        await().until(() ->
                events.stream().filter(S2sEvent.ResponseDone.class::isInstance).count() >= responses);
    }

    private <E extends S2sEvent> E awaitEvent(Class<E> type) {
        await().until(() -> events.stream().anyMatch(type::isInstance));
        return events.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    /** The first words of a call that comes with a history. */
    private static String caller(JsonNode settings) {
        return settings.at("/agent/context/messages/0/content").asText();
    }

    private int piecesBeforeTheCut(JsonNode settings) {
        Integer pieces = cutsToCome.remove(caller(settings));
        return pieces == null ? 0 : pieces;
    }

    /** A call whose first connection is cut when so many pieces of the answer have been sent. */
    private final class Cut {

        private final String name;
        private final List<S2sEvent> heard = new CopyOnWriteArrayList<>();

        Cut(int number) {
            this.name = "caller number " + number;
            cutsToCome.put(name, 1 + 2 * number);
        }

        void open() {
            List<ConversationItem> asked = List.of(
                    new ConversationItem.CallerSaid(name), new ConversationItem.CallerSaid("When are you open?"));
            loop.run(() -> engine.open(request(name, Optional.empty(), asked), heard::add));
        }

        /** The connections of this call, known by what they were told of it. */
        private List<FakeAgentCall> calls() {
            return server.calls().stream()
                    .filter(call -> caller(call.settings()).equals(name))
                    .toList();
        }

        void awaitTheRest() {
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            calls().size() == 2 && !calls().get(1).settings().isEmpty() && lastResponseIsDone());
            JsonNode messages = calls().get(1).settings().at("/agent/context/messages");
            JsonNode last = messages.get(messages.size() - 1);
            if (last.path("role").asText().equals("assistant")) {
                assertThat(ANSWER).startsWith(last.path("content").asText());
                assertThat(lastWords()).isEqualTo(REST);
            } else {
                assertThat(lastWords()).isEqualTo(ANSWER);
            }
            S2sOrder.check(heard);
            assertThat(heard).noneMatch(S2sEvent.Failed.class::isInstance);
        }

        /** The response that was cut has fewer audio. */
        private boolean lastResponseIsDone() {
            long expected = lastWords().equals(REST) ? REST.length() : ANSWER.length();
            return !heard.isEmpty()
                    && heard.get(heard.size() - 1) instanceof S2sEvent.ResponseDone
                    && lastAudio().compareTo(MS_PER_CHARACTER.multipliedBy(expected)) == 0;
        }

        private Duration lastAudio() {
            Duration audio = Duration.ZERO;
            for (S2sEvent event : heard) {
                if (event instanceof S2sEvent.ResponseStarted) {
                    audio = Duration.ZERO;
                } else if (event instanceof S2sEvent.ResponseAudio piece) {
                    audio = audio.plus(piece.audio().duration());
                }
            }
            return audio;
        }

        private String lastWords() {
            StringBuilder words = new StringBuilder();
            for (S2sEvent event : heard) {
                if (event instanceof S2sEvent.ResponseStarted) {
                    words.setLength(0);
                } else if (event instanceof S2sEvent.ResponseText text) {
                    words.append(text.text());
                }
            }
            return words.toString();
        }
    }
}
