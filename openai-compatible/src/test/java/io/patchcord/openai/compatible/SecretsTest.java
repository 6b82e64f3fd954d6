package io.patchcord.openai.compatible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.patchcord.agent.contract.KeptLog;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.LlmListener;
import io.patchcord.agent.spi.LlmRequest;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.testing.ThreadCallLoop;
import io.patchcord.agent.testing.ToneSpeech;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that repeat the key in whatever they send: it is in no line of the log, also at trace, and in no failure or its causes. */
class SecretsTest {

    private static final String KEY = "gateway0123456789abcdef";
    private static final String HALF = KEY.substring(0, 12);
    private static final AudioFrame SPEECH = new ToneSpeech().speak(16_000, "when are you open");

    private final KeptLog log = KeptLog.start();
    private final FakeAudioServer server = new FakeAudioServer();
    private final ThreadCallLoop loop = new ThreadCallLoop();

    @AfterEach
    void noKeyWasLogged() {
        loop.close();
        server.close();
        log.close();
        log.assertWithout(HALF);
    }

    static Stream<MockResponse> answersThatEchoTheKey() {
        return Stream.of(
                FakeChatServer.refusal(401, "{\"error\":{\"message\":\"Bad " + KEY + "\"}}"),
                FakeChatServer.refusal(401, "{\"error\":\"Bad " + KEY + "\"}"),
                FakeChatServer.refusal(500, KEY),
                FakeChatServer.refusal(500, "\"" + KEY + "\""),
                FakeChatServer.refusal(400, "{\"error\":{\"message\":\"" + "x".repeat(290) + KEY + "\"}}"),
                FakeChatServer.refusal(400, "{\"error\":{\"message\":\"" + "x".repeat(16_350) + KEY + "\"}}"),
                FakeChatServer.refusal(200, KEY, "Content-Type", "text/html"),
                FakeChatServer.refusal(200, "{\"error\":{\"message\":\"Bad " + KEY + "\"}}"),
                new MockResponse.Builder().status("HTTP/1.1 " + KEY).build());
    }

    @ParameterizedTest
    @MethodSource({"answersThatEchoTheKey", "streamsThatEchoTheKey"})
    void chat(MockResponse answer) {
        server.answers(answer);
        CompletableFuture<Void> over = new CompletableFuture<>();
        try (ChatCompletionsEngine engine =
                ChatCompletionsEngine.builder(server.uri(), "m").apiKey(KEY).build()) {
            loop.run(() -> engine.open(new LlmRequest("c1", loop, "Be brief.", "en", List.of()))
                    .respond(List.of(new ConversationItem.CallerSaid("Hello.")), new LlmListener() {
                        @Override
                        public void onText(String delta) {}

                        @Override
                        public void onToolCall(String callId, String name, Map<String, Object> arguments) {}

                        @Override
                        public void onDone() {
                            over.complete(null);
                        }

                        @Override
                        public void onFailed(ProviderException error) {
                            over.completeExceptionally(error);
                        }
                    }));
            assertHarmless(catchThrowable(() -> over.get(10, TimeUnit.SECONDS)));
        }
    }

    static Stream<MockResponse> streamsThatEchoTheKey() {
        return Stream.of(
                FakeChatServer.stream("data: " + KEY + "\n\n" + FakeChatServer.HELLO),
                FakeChatServer.stream("data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"name\":\"x\","
                        + "\"arguments\":\"" + KEY + "\"}}]}}]}\n\ndata: [DONE]\n\n"),
                FakeChatServer.stream("data: {\"error\":{\"message\":\"" + KEY + "\"}}\n\n"));
    }

    @ParameterizedTest
    @MethodSource("answersThatEchoTheKey")
    void transcriptions(MockResponse answer) {
        server.answers(answer);
        try (TranscriptionEngine engine =
                TranscriptionEngine.builder(server.uri(), "m").apiKey(KEY).build()) {
            assertHarmless(catchThrowable(() -> engine.transcribe(SPEECH).get(10, TimeUnit.SECONDS)));
        }
    }

    @ParameterizedTest
    @MethodSource("answersThatEchoTheKey")
    void speech(MockResponse answer) {
        server.answers(answer);
        List<Throwable> failures = new ArrayList<>();
        CompletableFuture<Void> over = new CompletableFuture<>();
        try (SpeechEngine engine =
                SpeechEngine.builder(server.uri(), "m", "v").apiKey(KEY).build()) {
            loop.run(() -> engine.open(loop, Optional.empty(), new TtsListener() {
                        @Override
                        public void onAudio(String clauseId, AudioFrame audio) {}

                        @Override
                        public void onDone(String clauseId) {
                            over.complete(null);
                        }

                        @Override
                        public void onFailed(String clauseId, ProviderException error) {
                            failures.add(error);
                            over.complete(null);
                        }
                    })
                    .speak("c1", "Hello."));
            await().until(over::isDone);
        }
        failures.forEach(SecretsTest::assertHarmless);
    }

    /** A half-hidden key, as OpenAI tells it, is taken out as well. */
    @ParameterizedTest
    @MethodSource("keysInTheFormOfOpenAi")
    void check(String shown) {
        server.answers(FakeAudioServer.json(401, "{\"error\":{\"message\":\"Incorrect API key: " + shown + "\"}}"));
        try (TranscriptionEngine engine =
                TranscriptionEngine.builder(server.uri(), "m").apiKey(KEY).build()) {
            assertThat(catchThrowable(() -> engine.check().get(10, TimeUnit.SECONDS)))
                    .hasMessageContaining("Incorrect API key: (key)")
                    .satisfies(SecretsTest::assertHarmless);
        }
    }

    static Stream<String> keysInTheFormOfOpenAi() {
        return Stream.of(KEY, "sk-proj-********cdef");
    }

    private static void assertHarmless(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            assertThat(String.valueOf(each.getMessage())).doesNotContain(HALF, "cdef");
        }
    }
}
