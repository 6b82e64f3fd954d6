package io.patchcord.app.caller;

import io.patchcord.agent.loop.ThreadLoop;
import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.spi.TtsSession;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** The caller's own voice: turns text into audio before the call. Blocks. */
final class SpokenText {

    private static final long DEADLINE_SECONDS = 60;

    private final TtsEngine engine;

    SpokenText(TtsEngine engine) {
        this.engine = engine;
    }

    /**
     * The text spoken, linear at 8 kHz.
     *
     * @throws ProviderException if the voice fails
     */
    AudioFrame render(String text) {
        CompletableFuture<byte[]> audio = new CompletableFuture<>();
        try (ThreadLoop loop = new ThreadLoop("caller-voice", audio::completeExceptionally)) {
            loop.execute(() -> {
                TtsSession session = engine.open(loop, Optional.empty(), new Collector(audio));
                session.speak("text", text);
                audio.whenComplete((data, error) -> loop.execute(session::close));
            });
            byte[] data = audio.orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join();
            return AudioConverter.convertWhole(AudioFrame.of(engine.outputFormat(), data), AudioFormat.SLIN_8K);
        } catch (CompletionException e) {
            throw ProviderException.of(e);
        }
    }

    private static final class Collector implements TtsListener {

        private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> whole;

        Collector(CompletableFuture<byte[]> whole) {
            this.whole = whole;
        }

        @Override
        public void onAudio(String clauseId, AudioFrame audio) {
            collected.writeBytes(audio.data());
        }

        @Override
        public void onDone(String clauseId) {
            whole.complete(collected.toByteArray());
        }

        @Override
        public void onFailed(String clauseId, ProviderException error) {
            whole.completeExceptionally(error);
        }
    }
}
