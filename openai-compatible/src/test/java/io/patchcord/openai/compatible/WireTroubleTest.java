package io.patchcord.openai.compatible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.patchcord.agent.contract.KeptLog;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.Engine;
import io.patchcord.agent.spi.LlmListener;
import io.patchcord.agent.spi.LlmRequest;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.testing.ThreadCallLoop;
import io.patchcord.agent.testing.ToneSpeech;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a server does wrong below HTTP, and in its refusals, to each of the three parts: each is told once and for what it is,
 * and when the engine is closed there is no connection, no thread of it, and no key in the log.
 */
class WireTroubleTest {

    private static final String KEY = "gateway0123456789abcdef";
    private static final AudioFrame SPEECH = new ToneSpeech().speak(16_000, "when are you open");
    private static final Duration SOON = Duration.ofMillis(500);
    private static final String HEAD = "HTTP/1.1 200 OK\r\nConnection: close\r\n";

    private final KeptLog log = KeptLog.start();
    private final ThreadCallLoop loop = new ThreadCallLoop();
    private Duration limit = Duration.ofSeconds(20);
    private RawServer server;
    private Engine engine;

    private enum Part {
        CHAT("Content-Type: text/event-stream\r\n\r\n" + FakeChatServer.HELLO, "We open at nine."),
        TRANSCRIPTION(
                "Content-Type: application/json\r\nContent-Length: 22\r\n\r\n{\"text\":\"Grüße an\"}\n", "Grüße an"),
        SPEECH("Content-Type: audio/pcm\r\nContent-Length: 12\r\n\r\nABCDEFGHIJKL", "ABCDEFGHIJKL");

        private final String answer;
        private final String told;

        Part(String answer, String told) {
            this.answer = HEAD + answer;
            this.told = told;
        }
    }

    @AfterEach
    void nothingIsLeft() {
        engine.close();
        await().until(server::isLeft);
        // Not those that OkHttp shares, which keep the name of what they did last.
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("OkHttp http://127.0.0.1:" + server.port())));
        server.close();
        loop.close();
        log.close();
        assertThat(loop.failures()).isEmpty();
        log.assertWithout(KEY);
    }

    @ParameterizedTest
    @EnumSource
    void answerInPacketsOfOneByte_isWhole(Part part) throws Exception {
        server = RawServer.answering(part.answer, 1);

        assertThat(ask(part).get(20, TimeUnit.SECONDS)).isEqualTo(part.told);
    }

    @ParameterizedTest
    @EnumSource
    void connectionWithoutAnAnswer_isATimeOut(Part part) {
        limit = SOON;
        server = RawServer.silent();

        assertThat(failure(part).kind()).isEqualTo(Kind.TIMEOUT);
        await().until(server::isLeft);
    }

    @ParameterizedTest
    @EnumSource
    void silenceWithinTheHeaders_isATimeOut(Part part) {
        limit = SOON;
        server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Ty", 5);

        assertThat(failure(part).kind()).isEqualTo(Kind.TIMEOUT);
        await().until(server::isLeft);
    }

    @ParameterizedTest
    @EnumSource
    void silenceWithinTheAnswer_isATimeOut(Part part) {
        limit = SOON;
        server = RawServer.answering(part.answer.substring(0, part.answer.length() - 9), 100);

        assertThat(failure(part).kind()).isEqualTo(Kind.TIMEOUT);
        await().until(server::isLeft);
    }

    @ParameterizedTest
    @EnumSource
    void resetBeforeTheAnswer_isUnavailable(Part part) {
        server = RawServer.resetting("");

        assertThat(failure(part).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @ParameterizedTest
    @EnumSource
    void resetWithinTheAnswer_isUnavailable(Part part) {
        server = RawServer.resetting(part.answer.substring(0, part.answer.length() - 9));

        assertThat(failure(part).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @ParameterizedTest
    @EnumSource
    void anotherProtocol_isUnavailable(Part part) {
        server = RawServer.answering("220 mail.example.net ready for " + KEY + "\r\n\r\n", 100);

        assertThat(failure(part).kind()).isEqualTo(Kind.UNAVAILABLE);
        await().until(server::isLeft);
    }

    @ParameterizedTest
    @EnumSource
    void rateLimit_tellsWhenToComeAgain(Part part) {
        server = RawServer.answering("HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n", 10);

        assertThat(failure(part).kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(failure(part).retryAfter()).contains(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @EnumSource
    void keyThatMayNotDoThis_isUnauthorized(Part part) {
        String body = "{\"error\":{\"message\":\"" + KEY + " may not\",\"code\":null}}";
        server = RawServer.answering("HTTP/1.1 403 No\r\nContent-Length: " + body.length() + "\r\n\r\n" + body, 1_000);

        assertThat(failure(part).kind()).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(failure(part)).hasMessageEndingWith("answered 403: (key) may not");
    }

    private ProviderException failure(Part part) {
        Throwable thrown = catchThrowable(() -> ask(part).get(20, TimeUnit.SECONDS));
        assertThat(thrown).isNotNull();
        return ProviderException.of(thrown);
    }

    /** What was told until the end. */
    private CompletableFuture<String> ask(Part part) {
        if (engine != null) {
            engine.close();
        }
        return switch (part) {
            case CHAT ->
                chat(use(ChatCompletionsEngine.builder(server.uri(), "m")
                        .apiKey(KEY)
                        .timeout(limit)
                        .build()));
            case TRANSCRIPTION ->
                use(TranscriptionEngine.builder(server.uri(), "m")
                                .apiKey(KEY)
                                .timeout(limit)
                                .build())
                        .transcribe(SPEECH)
                        .thenApply(transcript -> transcript.text());
            case SPEECH ->
                speech(use(SpeechEngine.builder(server.uri(), "m", "v")
                        .apiKey(KEY)
                        .timeout(limit)
                        .build()));
        };
    }

    private <E extends Engine> E use(E newEngine) {
        engine = newEngine;
        return newEngine;
    }

    private CompletableFuture<String> chat(ChatCompletionsEngine model) {
        CompletableFuture<String> over = new CompletableFuture<>();
        StringBuilder text = new StringBuilder();
        loop.run(() -> model.open(new LlmRequest("c1", loop, "", "en", List.of()))
                .respond(List.of(new ConversationItem.CallerSaid("Hello.")), new LlmListener() {
                    @Override
                    public void onText(String delta) {
                        text.append(delta);
                    }

                    @Override
                    public void onToolCall(String callId, String name, Map<String, Object> arguments) {}

                    @Override
                    public void onDone() {
                        assertThat(over.complete(text.toString())).isTrue();
                    }

                    @Override
                    public void onFailed(ProviderException error) {
                        assertThat(over.completeExceptionally(error)).isTrue();
                    }
                }));
        return over;
    }

    private CompletableFuture<String> speech(SpeechEngine voices) {
        CompletableFuture<String> over = new CompletableFuture<>();
        StringBuilder audio = new StringBuilder();
        loop.run(() -> voices.open(loop, Optional.empty(), new TtsListener() {
                    @Override
                    public void onAudio(String clauseId, AudioFrame piece) {
                        for (byte sample : piece.data()) {
                            audio.append((char) sample);
                        }
                    }

                    @Override
                    public void onDone(String clauseId) {
                        assertThat(over.complete(audio.toString())).isTrue();
                    }

                    @Override
                    public void onFailed(String clauseId, ProviderException error) {
                        assertThat(over.completeExceptionally(error)).isTrue();
                    }
                })
                .speak("c1", "Hello."));
        return over;
    }
}
