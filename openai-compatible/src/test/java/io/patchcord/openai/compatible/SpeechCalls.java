package io.patchcord.openai.compatible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.spi.TtsSession;
import io.patchcord.agent.testing.ThreadCallLoop;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

/** A voice whose server does what the test says, and what was heard of it. */
abstract class SpeechCalls {

    final FakeAudioServer server = new FakeAudioServer();
    final ThreadCallLoop loop = new ThreadCallLoop();
    final List<String> told = new CopyOnWriteArrayList<>();
    final List<AudioFrame> audio = new CopyOnWriteArrayList<>();
    final List<ProviderException> failures = new CopyOnWriteArrayList<>();
    TtsEngine engine = builder().build();

    @AfterEach
    void stop() {
        engine.close();
        loop.close();
        server.close();
        assertThat(loop.failures()).isEmpty();
    }

    SpeechEngine.Builder builder() {
        return SpeechEngine.builder(server.uri(), "gpt-4o-mini-tts", "alloy").apiKey("secret-key");
    }

    void use(SpeechEngine.Builder builder) {
        engine.close();
        engine = builder.build();
    }

    TtsSession open() {
        return loop.call(() -> engine.open(loop, Optional.empty(), new Listener()));
    }

    void speak(TtsSession session, String clauseId, String text) {
        loop.run(() -> session.speak(clauseId, text));
    }

    List<String> awaitEnds(int count) {
        await().until(() -> ends().size() >= count);
        return ends();
    }

    List<String> ends() {
        return told.stream().filter(line -> !line.endsWith("audio")).toList();
    }

    byte[] heard() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        audio.forEach(piece -> all.writeBytes(piece.data()));
        return all.toByteArray();
    }

    final class Listener implements TtsListener {

        @Override
        public void onAudio(String clauseId, AudioFrame piece) {
            audio.add(piece);
            told.add(clauseId + " audio");
        }

        @Override
        public void onDone(String clauseId) {
            told.add(clauseId + " done");
        }

        @Override
        public void onFailed(String clauseId, ProviderException error) {
            failures.add(error);
            told.add(clauseId + " failed");
        }
    }
}
