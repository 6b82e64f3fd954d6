package io.patchcord.openai.compatible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.patchcord.agent.spi.TtsSession;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import okio.BufferedSink;
import org.junit.jupiter.api.Test;

/** Clauses are heard in their order, without a pause, and one that is too long in parts. */
class SpeechOrderTest extends SpeechCalls {

    @Test
    void nextClause_isAskedForWhenTheFirstBeginsToCome_andHeardAfterIt() {
        CompletableFuture<Void> finish = new CompletableFuture<>();
        server.answers(held(finish));
        TtsSession session = open();
        loop.run(() -> {
            session.speak("c1", "Hello.");
            session.speak("c2", "Hello.");
            session.speak("c3", "Hello.");
        });
        await().until(() -> server.requests().size() >= 3);
        loop.run(() -> {});
        assertThat(told).containsOnly("c1 audio");

        finish.complete(null);
        assertThat(awaitEnds(3)).containsExactly("c1 done", "c2 done", "c3 done");
        assertThat(told).isSorted();
    }

    /** Half of the tone, and the rest when the test says so. */
    private static MockResponse held(CompletableFuture<Void> finish) {
        return new MockResponse.Builder()
                .code(200)
                .setHeader("Content-Type", "audio/pcm")
                .body(new MockResponseBody() {
                    @Override
                    public long getContentLength() {
                        return FakeAudioServer.TONE.length;
                    }

                    @Override
                    public void writeTo(BufferedSink sink) throws IOException {
                        sink.write(FakeAudioServer.TONE, 0, FakeAudioServer.TONE.length / 2);
                        sink.flush();
                        finish.join();
                        sink.write(
                                FakeAudioServer.TONE, FakeAudioServer.TONE.length / 2, FakeAudioServer.TONE.length / 2);
                    }
                })
                .build();
    }

    @Test
    void nextClause_isNotAskedForBeforeTheFirstComes() {
        server.answers(new MockResponse.Builder()
                .code(200)
                .headersDelay(30, TimeUnit.SECONDS)
                .build());
        TtsSession session = open();
        loop.run(() -> {
            session.speak("c1", "Hello.");
            session.speak("c2", "Hello.");
        });
        await().until(() -> !server.requests().isEmpty());
        loop.run(session::cancel);
        speak(session, "c3", "Last.");
        awaitEnds(1);

        assertThat(server.requests()).hasSize(2);
        assertThat(server.requests().get(1).getBody().utf8()).contains("Last.");
    }

    @Test
    void cancel_closesTheStream() throws Exception {
        CompletableFuture<Void> left = new CompletableFuture<>();
        server.answers(new MockResponse.Builder()
                .code(200)
                .body(new Endless(left))
                .setHeader("Content-Type", "audio/pcm")
                .build());
        TtsSession session = open();
        speak(session, "c1", "Hello.");
        await().until(() -> !audio.isEmpty());
        loop.run(session::cancel);

        left.get(10, TimeUnit.SECONDS);
        loop.run(() -> {});
        assertThat(told).containsOnly("c1 audio");
    }

    /** Goes on until nobody reads any more. */
    private record Endless(CompletableFuture<Void> left) implements MockResponseBody {

        @Override
        public long getContentLength() {
            return -1;
        }

        @Override
        public void writeTo(BufferedSink sink) {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    sink.write(FakeAudioServer.TONE);
                    sink.flush();
                }
            } catch (IOException e) {
                left.complete(null);
            }
        }
    }

    @Test
    void textThatIsTooLongForOneRequest_isSpokenInParts_asOneClause() {
        String text = "We open at nine. ".repeat(500).strip();
        speak(open(), "c1", text);

        assertThat(awaitEnds(1)).containsExactly("c1 done");
        List<String> inputs = inputs();
        assertThat(inputs).hasSize(3).allMatch(input -> input.length() <= 4_096 && input.endsWith("nine."));
        assertThat(String.join(" ", inputs)).isEqualTo(text);
        assertThat(heard()).hasSize(3 * FakeAudioServer.TONE.length);
    }

    @Test
    void longTextThatFailsInTheMiddle_failsOnce_andTheNextClauseIsSpoken() {
        server.answers(FakeAudioServer.audio(FakeAudioServer.TONE, 777));
        server.answers(FakeAudioServer.json(500, "{\"error\":{\"message\":\"no luck\"}}"));
        TtsSession session = open();
        loop.run(() -> {
            session.speak("c1", "We open at nine. ".repeat(1_000));
            session.speak("c2", "Hello.");
        });

        assertThat(awaitEnds(2)).containsExactly("c1 failed", "c2 done");
        assertThat(inputs()).hasSize(3).last().isEqualTo("Hello.");
        assertThat(heard()).hasSize(2 * FakeAudioServer.TONE.length);
    }

    private List<String> inputs() {
        return server.requests().stream()
                .map(request -> {
                    try {
                        return Json.MAPPER
                                .readTree(request.getBody().utf8())
                                .path("input")
                                .asText();
                    } catch (JsonProcessingException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }
}
