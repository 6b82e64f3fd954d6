package io.patchcord.provider.deepgram;

import static io.patchcord.provider.deepgram.ListenMessages.error;
import static io.patchcord.provider.deepgram.ListenMessages.fromFinalize;
import static io.patchcord.provider.deepgram.ListenMessages.interim;
import static io.patchcord.provider.deepgram.ListenMessages.isFinal;
import static io.patchcord.provider.deepgram.ListenMessages.speechFinal;
import static io.patchcord.provider.deepgram.ListenMessages.turnInfo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.SttEvent;
import io.patchcord.agent.spi.SttEvent.EndOfTurn;
import io.patchcord.agent.spi.SttEvent.Final;
import io.patchcord.agent.spi.SttEvent.Interim;
import io.patchcord.agent.spi.SttEvent.SpeechStarted;
import io.patchcord.provider.socket.testing.FakeConnection;
import io.patchcord.provider.socket.testing.HandshakeAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenSessionTest {

    private static final String NOVA = "nova-3";
    private static final String FLUX = "flux-general-en";

    private Ears ears;

    @AfterEach
    void stop() {
        ears.close();
        for (FakeConnection connection : ears.server.connections()) {
            boolean flux = connection.path().equals("/v2/listen");
            Published.check(flux ? "deepgram-listen-v2" : "deepgram-listen-v1", connection);
        }
    }

    @Test
    void nova_isAskedForInTheQuery_withTheKeyInAHeader() {
        ears = new Ears(NOVA, "DEEPGRAM_STT_KEYTERMS=Patchcord, Grüß Gott,,");

        FakeConnection connection = ears.connected();

        assertThat(connection.path()).isEqualTo("/v1/listen");
        assertThat(connection.query())
                .isEqualTo(Map.ofEntries(
                        Map.entry("model", List.of("nova-3")),
                        Map.entry("language", List.of("en-US")),
                        Map.entry("encoding", List.of("mulaw")),
                        Map.entry("sample_rate", List.of("8000")),
                        Map.entry("channels", List.of("1")),
                        Map.entry("interim_results", List.of("true")),
                        Map.entry("punctuate", List.of("true")),
                        Map.entry("endpointing", List.of("300")),
                        Map.entry("utterance_end_ms", List.of("1000")),
                        Map.entry("keyterm", List.of("Patchcord", "Grüß Gott"))));
        assertThat(connection.headers()).containsEntry("authorization", "Token secret-key");
    }

    @Test
    void novaAsSet_isAskedForInTheQuery() {
        ears = new Ears(
                "nova-2",
                "DEEPGRAM_STT_LANGUAGE=multi",
                "DEEPGRAM_STT_KEYTERMS=Patchcord",
                "DEEPGRAM_STT_ENDPOINTING=off",
                "DEEPGRAM_STT_SMART_FORMAT=true",
                "DEEPGRAM_MIP_OPT_OUT=true");

        assertThat(ears.connected().query())
                .containsEntry("language", List.of("multi"))
                .containsEntry("keywords", List.of("Patchcord"))
                .containsEntry("endpointing", List.of("false"))
                .containsEntry("smart_format", List.of("true"))
                .containsEntry("mip_opt_out", List.of("true"))
                .doesNotContainKeys("utterance_end_ms", "keyterm");
        assertThat(ears.engine.detectsTurns()).isFalse();
    }

    @Test
    void flux_isAskedForInTheQuery() {
        ears = new Ears(FLUX, "DEEPGRAM_STT_KEYTERMS=Patchcord");

        FakeConnection connection = ears.connected();

        assertThat(connection.path()).isEqualTo("/v2/listen");
        assertThat(connection.query())
                .isEqualTo(Map.of(
                        "model", List.of("flux-general-en"),
                        "encoding", List.of("mulaw"),
                        "sample_rate", List.of("8000"),
                        "eot_threshold", List.of("0.7"),
                        "eager_eot_threshold", List.of("0.5"),
                        "eot_timeout_ms", List.of("5000"),
                        "keyterm", List.of("Patchcord")));
        assertThat(ears.engine.detectsTurns()).isTrue();
    }

    @Test
    void fluxAsSet_isAskedForInTheQuery_withTheCallsLanguageAsAHint() {
        ears = new Ears(
                AudioFormat.ALAW_8K,
                "de-AT",
                "flux-general-multi",
                "DEEPGRAM_STT_EAGER_EOT_THRESHOLD=off",
                "DEEPGRAM_STT_EOT_THRESHOLD=0.8",
                "DEEPGRAM_STT_EOT_TIMEOUT=3s",
                "DEEPGRAM_MIP_OPT_OUT=yes");

        assertThat(ears.connected().query())
                .containsEntry("encoding", List.of("alaw"))
                .containsEntry("language_hint", List.of("de"))
                .containsEntry("eot_threshold", List.of("0.8"))
                .containsEntry("eot_timeout_ms", List.of("3000"))
                .containsEntry("mip_opt_out", List.of("true"))
                .doesNotContainKey("eager_eot_threshold");
    }

    @Test
    void languageThatTheModelDoesNotUnderstand_isRefusedAtOnce() {
        ears = new Ears(FLUX);

        assertThatThrownBy(() -> ears.engine.open(ears.loop, "de-DE", event -> {}))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
                .hasMessageContaining("de-DE")
                .hasMessageContaining("DEEPGRAM_STT_MODEL");
    }

    @ParameterizedTest
    @CsvSource({"ULAW, 8000, mulaw", "ALAW, 8000, alaw", "SLIN, 8000, linear16", "SLIN, 16000, linear16"})
    void callsAudio_goesOutAsItIs_aFrameForAFrame(AudioFormat.Encoding encoding, int rate, String name) {
        ears = new Ears(new AudioFormat(encoding, rate), "en", NOVA);
        FakeConnection connection = ears.connected();
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sent.add(ears.sendFrame());
        }

        connection.await("all frames", self -> self.binaries().size() == 21);
        assertThat(connection.binaries().subList(1, 21)).containsExactlyElementsOf(sent);
        assertThat(connection.query())
                .containsEntry("encoding", List.of(name))
                .containsEntry("sample_rate", List.of(String.valueOf(rate)));
    }

    @Test
    void nobodySpeaks_nobodyIsConnected() {
        ears = new Ears(NOVA);
        ears.loop.advance(Duration.ofMinutes(1));
        ears.session.close();

        assertThat(ears.server.connections()).isEmpty();
    }

    @Test
    void whatIsSaidWhileItConnects_isCaughtUpWith() {
        ears = new Ears(NOVA);
        ears.server.answerNext(HandshakeAnswer.hold());
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            sent.add(ears.sendFrame());
        }
        FakeConnection connection = ears.server.awaitConnection(0);
        connection.accept();
        ears.until(() -> {
            if (connection.isOpen() && sent.size() < 100) {
                sent.add(ears.sendFrame());
            }
            return !connection.binaries().isEmpty();
        });
        for (int i = 0; i < 500; i++) {
            sent.add(ears.sendFrame());
        }

        connection.await("all frames", self -> self.binaries().size() == sent.size());
        assertThat(connection.binaries()).containsExactlyElementsOf(sent);
    }

    @Test
    void words_comeAsEvents() {
        ears = new Ears(NOVA);
        FakeConnection connection = ears.connected();
        connection.sendText(interim(0, 1, "hello"));
        connection.sendTextInFragments(speechFinal(0, 1.2, "Grüß Gott, 你好."), 3);

        ears.expect(
                new SpeechStarted(),
                new Interim("hello"),
                new Final("Grüß Gott, 你好."),
                new EndOfTurn("Grüß Gott, 你好."));
    }

    @Test
    void nova_isKeptAlive_whileNoAudioFlows_andOnlyThen() {
        ears = new Ears(NOVA);
        FakeConnection connection = ears.connected();
        for (int i = 0; i < 500; i++) {
            ears.loop.advance(Duration.ofMillis(20));
            ears.sendFrame();
        }
        connection.await("the audio", self -> self.binaries().size() == 501);
        assertThat(connection.texts()).isEmpty();

        ears.loop.advance(Duration.ofSeconds(13));

        connection.await("three messages", self -> self.texts().size() == 3);
        assertThat(connection.texts()).containsOnly("{\"type\":\"KeepAlive\"}");
        assertThat(connection.binaries()).hasSize(501);
    }

    @Test
    void flux_isKeptAliveBySilence() {
        ears = new Ears(FLUX);
        FakeConnection connection = ears.connected();

        ears.loop.advance(Duration.ofSeconds(9));

        connection.await("silence", self -> self.binaries().size() == 3);
        assertThat(connection.texts()).isEmpty();
        assertThat(connection.binaries().get(2)).hasSize(160).containsOnly(0xFF);
    }

    @Test
    void connectionThatEndsInAPause_isMadeAgain_unnoticed() {
        ears = new Ears(NOVA);
        FakeConnection first = ears.connected();
        ears.loop.advance(Duration.ofSeconds(30));
        first.close(1011, "NET-0001");
        first.awaitEnd();

        // Whether the call knows of it yet or not.
        FakeConnection second = ears.connected(1);
        second.sendText(speechFinal(0, 1, "Hello."));

        ears.expect(new SpeechStarted(), new Final("Hello."), new EndOfTurn("Hello."));
    }

    @Test
    void audioThatWasSentIntoAConnectionThatHadEndedInThePause_goesOutAgain_once() {
        ears = new Ears(NOVA);
        FakeConnection first = ears.connected();
        ears.loop.advance(Duration.ofSeconds(30));
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sent.add(ears.sendFrame());
        }
        first.await("all frames", self -> self.binaries().size() == 6);
        first.reset();
        ears.until(() -> ears.server.connections().size() == 2
                && !ears.server.connections().get(1).binaries().isEmpty());
        FakeConnection second = ears.server.connections().get(1);
        for (int i = 0; i < 20; i++) {
            sent.add(ears.sendFrame());
        }
        second.await("all frames", self -> self.binaries().size() == 25);
        assertThat(second.binaries()).containsExactlyElementsOf(sent);
        assertThat(ears.events).isEmpty();

        second.reset();
        assertThat(ears.awaitFailure().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void finish_asksForTheRest_afterTheAudio() {
        ears = new Ears(NOVA, "DEEPGRAM_STT_ENDPOINTING=off");
        FakeConnection connection = ears.connected();
        ears.sendFrame();
        ears.session.finish();
        connection.awaitText("Finalize");
        assertThat(connection.messages()).hasSize(3).last().isEqualTo("{\"type\":\"Finalize\"}");
        connection.sendText(isFinal(0, 1, "What are your"));
        connection.sendText(fromFinalize(1, 0.5, "hours?"));

        ears.expect(
                new SpeechStarted(),
                new Final("What are your"),
                new Final("hours?"),
                new EndOfTurn("What are your hours?"));
        ears.loop.advance(Duration.ofSeconds(5));
        assertThat(ears.events).hasSize(4);
    }

    @Test
    void finishWhileItConnects_asksForTheRest_afterAllThatWasSaid() {
        ears = new Ears(NOVA, "DEEPGRAM_STT_ENDPOINTING=off");
        ears.server.answerNext(HandshakeAnswer.hold());
        for (int i = 0; i < 5; i++) {
            ears.sendFrame();
        }
        ears.session.finish();
        FakeConnection connection = ears.server.awaitConnection(0);
        connection.accept();
        ears.until(() -> !connection.texts().isEmpty());

        assertThat(connection.messages()).hasSize(6).last().isEqualTo("{\"type\":\"Finalize\"}");
    }

    @Test
    void finishThatIsNotAnswered_endsTheTurnAllTheSame() {
        ears = new Ears(NOVA, "DEEPGRAM_STT_ENDPOINTING=off");
        FakeConnection connection = ears.connected();
        connection.sendText(interim(0, 1, "hello"));
        ears.until(() -> ears.events.size() == 2);
        ears.session.finish();
        ears.loop.advance(Duration.ofSeconds(2));

        ears.expect(new SpeechStarted(), new Interim("hello"), new EndOfTurn("hello"));
    }

    @Test
    void finishWithoutAConnection_endsAnEmptyTurn() {
        ears = new Ears(NOVA, "DEEPGRAM_STT_ENDPOINTING=off");
        ears.session.finish();
        assertThat(ears.events).isEmpty();

        ears.expect(new EndOfTurn(""));
        assertThat(ears.server.connections()).isEmpty();
    }

    @Test
    void finishOfAFluxTurn_forcesItsEnd() {
        ears = new Ears(FLUX);
        FakeConnection connection = ears.connected();
        connection.sendText(turnInfo(1, 0, "StartOfTurn", "Hello"));
        ears.until(() -> ears.events.size() == 2);
        ears.session.finish();
        connection.awaitText("ForceEndTurn");
        connection.sendText(turnInfo(2, 0, "EndOfTurn", "Hello."));

        ears.expect(new SpeechStarted(), new Interim("Hello"), new EndOfTurn("Hello."));
    }

    @ParameterizedTest
    @ValueSource(strings = {NOVA, FLUX})
    void close_endsTheStreamInOrder_andNothingIsHeardAfterIt(String model) {
        ears = new Ears(model);
        FakeConnection connection = ears.connected();
        ears.session.close();
        connection.sendText(speechFinal(0, 1, "Hello."));
        connection.sendText(turnInfo(1, 0, "EndOfTurn", "Hello."));
        connection.awaitEnd();
        ears.sendFrame();
        ears.session.finish();
        ears.loop.advance(Duration.ofMinutes(1));

        assertThat(ears.events).isEmpty();
        assertThat(connection.texts()).containsExactly("{\"type\":\"CloseStream\"}");
        assertThat(connection.closeCode()).isEqualTo(1000);
        assertThat(ears.server.connections()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "400, REJECTED",
        "401, UNAUTHORIZED",
        "402, UNAUTHORIZED",
        "403, UNAUTHORIZED",
        "404, CONFIGURATION",
        "429, RATE_LIMITED",
        "500, UNAVAILABLE",
        "503, UNAVAILABLE",
        "504, TIMEOUT",
    })
    void refusal_isToldWithDeepgramsWords_andNothingAfterIt(int status, Kind kind) {
        ears = new Ears(NOVA);
        ears.server.answer(HandshakeAnswer.refuse(
                status,
                Map.of("Retry-After", "7", "dg-request-id", "r-1"),
                "{\"err_code\":\"X\",\"err_msg\":\"no luck with secret-key\",\"request_id\":\"r-1\"}"));
        ears.sendFrame();
        ProviderException error = ears.awaitFailure();

        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error).hasMessage("Deepgram answered " + status + ": no luck with (key) (request r-1)");
        assertThat(error.retryAfter()).contains(Duration.ofSeconds(7));
        ears.sendFrame();
        ears.session.finish();
        ears.loop.advance(Duration.ofMinutes(1));
        assertThat(ears.events).hasSize(1);
        assertThat(ears.server.connections()).hasSize(1);
    }

    @Test
    void refusalWithNoBody_isToldWithTheHeader() {
        ears = new Ears(NOVA);
        ears.server.answer(HandshakeAnswer.refuse(400, Map.of("dg-error", "Bad Request: failed to process"), ""));
        ears.sendFrame();

        assertThat(ears.awaitFailure()).hasMessage("Deepgram answered 400: Bad Request: failed to process");
    }

    @ParameterizedTest
    @CsvSource({
        "1000, UNAVAILABLE",
        "1001, UNAVAILABLE",
        "1003, REJECTED",
        "1008, REJECTED",
        "1009, REJECTED",
        "1011, UNAVAILABLE",
        "1013, UNAVAILABLE",
        "4000, UNAVAILABLE",
    })
    void closeInTheMiddleOfACall_isAFailure(int code, Kind kind) {
        ears = new Ears(NOVA);
        ears.server.answer(HandshakeAnswer.accept(Map.of("dg-request-id", "r-2")));
        FakeConnection connection = ears.connected();
        connection.sendText(isFinal(0, 1, "I live"));
        connection.close(code, "DATA-0000 secret-key");

        ProviderException error = ears.awaitFailure();
        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error).hasMessage("Deepgram closed the connection with " + code + ": DATA-0000 (key) (request r-2)");
        assertThat(ears.events).hasSize(3).startsWith(new SpeechStarted(), new Final("I live"));
    }

    @Test
    void resetAndEndOfStream_areFailures() {
        ears = new Ears(NOVA);
        ears.connected().reset();
        assertThat(ears.awaitFailure().kind()).isEqualTo(Kind.UNAVAILABLE);
        ears.close();

        ears = new Ears(FLUX);
        ears.connected().endOfStream();
        assertThat(ears.awaitFailure().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void handshakeThatIsNotAnswered_isATimeOut() {
        ears = new Ears(NOVA, "DEEPGRAM_TIMEOUT=100ms");
        ears.server.answer(HandshakeAnswer.hold());
        ears.sendFrame();

        assertThat(ears.awaitFailure().kind()).isEqualTo(Kind.TIMEOUT);
    }

    @ParameterizedTest
    @CsvSource({"INTERNAL_SERVER_ERROR, UNAVAILABLE", "UNPARSABLE_CLIENT_MESSAGE, REJECTED", "'', UNAVAILABLE"})
    void errorInTheSession_isAFailure(String code, Kind kind) {
        ears = new Ears(FLUX);
        FakeConnection connection = ears.connected();
        connection.sendText(error(1, code, "it is broken"));

        assertThat(ears.awaitFailure().kind()).isEqualTo(kind);
        assertThat(ears.awaitFailure()).hasMessageContaining("it is broken");
        connection.awaitEnd();
    }

    @ParameterizedTest
    @ValueSource(strings = {NOVA, FLUX})
    void nonsense_disturbsNobody(String model) {
        ears = new Ears(model);
        FakeConnection connection = ears.connected();
        for (String nonsense :
                List.of("", "no JSON", "{", "[1,2]", "\"text\"", "{\"type\":\"SomethingNew\",\"x\":[{}]}")) {
            connection.sendText(nonsense);
        }
        connection.sendBinary(new byte[] {1, 2, 3});
        connection.sendText("x".repeat(10 << 20));
        connection.sendText(model.equals(NOVA) ? speechFinal(0, 1, "Hello.") : turnInfo(0, 0, "EndOfTurn", "Hello."));

        ears.until(() -> ears.events.contains(new EndOfTurn("Hello.")));
        assertThat(ears.events).noneMatch(SttEvent.Failed.class::isInstance);
    }

    @Test
    void serviceThatReadsNothing_isAFailure_andNoFrameWaitsForEver() {
        ears = new Ears(AudioFormat.SLIN_48K, "en", NOVA);
        ears.connected().pauseReading();
        ears.until(() -> {
            for (int i = 0; i < 100; i++) {
                ears.sendFrame();
            }
            return !ears.events.isEmpty();
        });

        assertThat(ears.awaitFailure().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(ears.awaitFailure()).hasMessageContaining("as fast as it comes");
    }

    @Test
    void engineThatCloses_endsItsSessions() {
        ears = new Ears(NOVA);
        ears.connected();
        ears.engine.close();

        assertThat(ears.awaitFailure().kind()).isEqualTo(Kind.UNAVAILABLE);
    }
}
