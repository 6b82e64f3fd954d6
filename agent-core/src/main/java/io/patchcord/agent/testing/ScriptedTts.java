package io.patchcord.agent.testing;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.spi.TtsSession;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A voice that speaks {@link ToneSpeech}: one clause after the other, each after a delay, in pieces of 100 ms. Fails when it
 * is told to. Thread-safe.
 */
public final class ScriptedTts implements TtsEngine {

    private static final Duration PIECE = Duration.ofMillis(100);

    private final ToneSpeech speech;
    private final Mishaps mishaps = new Mishaps();
    private final List<String> spoken = new CopyOnWriteArrayList<>();
    private volatile Duration firstPiece = Duration.ofMillis(80);
    private volatile Duration furtherPiece = Duration.ofMillis(10);

    public ScriptedTts(ToneSpeech speech) {
        this.speech = speech;
    }

    /** How long the first piece of a clause takes, 80 ms at first, and each further one, 10 ms at first. */
    public ScriptedTts delay(Duration firstPiece, Duration furtherPiece) {
        this.firstPiece = firstPiece;
        this.furtherPiece = furtherPiece;
        return this;
    }

    /** One of the next clauses fails; several calls line up. */
    public ScriptedTts failNext(ProviderException error) {
        mishaps.fail(error);
        return this;
    }

    /** One of the next clauses is never spoken, nor any after it. */
    public ScriptedTts hangNext() {
        mishaps.hang();
        return this;
    }

    /** All clauses that it began to speak. */
    public List<String> spoken() {
        return List.copyOf(spoken);
    }

    @Override
    public String description() {
        return "tones";
    }

    @Override
    public AudioFormat outputFormat() {
        return AudioFormat.SLIN_8K;
    }

    @Override
    public TtsSession open(CallLoop loop, Optional<String> voice, TtsListener listener) {
        return new Session(loop, listener);
    }

    @Override
    public void close() {}

    private record Clause(String id, String text) {}

    private final class Session implements TtsSession {

        private final CallLoop loop;
        private final TtsListener listener;
        private final Queue<Clause> waiting = new ArrayDeque<>();
        private @Nullable Clause current;
        private CallLoop.@Nullable Timer timer;
        private boolean closed;

        Session(CallLoop loop, TtsListener listener) {
            this.loop = loop;
            this.listener = listener;
        }

        @Override
        public void speak(String clauseId, String text) {
            if (closed) {
                return;
            }
            waiting.add(new Clause(clauseId, text));
            if (current == null) {
                next();
            }
        }

        @Override
        public void cancel() {
            waiting.clear();
            current = null;
            if (timer != null) {
                timer.cancel();
            }
        }

        @Override
        public void close() {
            closed = true;
            cancel();
        }

        private void next() {
            Clause clause = waiting.poll();
            current = clause;
            if (clause == null) {
                return;
            }
            spoken.add(clause.text());
            mishaps.next(error -> later(firstPiece, () -> fail(clause, error)), () -> {
                AudioFrame audio = speech.speak(outputFormat().sampleRateHz(), clause.text());
                later(firstPiece, () -> piece(clause, audio, 0));
            });
        }

        private void piece(Clause clause, AudioFrame audio, int from) {
            int to = Math.min(from + audio.format().bytesIn(PIECE), audio.data().length);
            if (from == to) {
                finish(() -> listener.onDone(clause.id()));
                return;
            }
            // The next step is arranged first, so that a cancel by the listener calls it off.
            later(furtherPiece, () -> piece(clause, audio, to));
            listener.onAudio(clause.id(), AudioFrame.of(audio.format(), Arrays.copyOfRange(audio.data(), from, to)));
        }

        private void fail(Clause clause, ProviderException error) {
            finish(() -> listener.onFailed(clause.id(), error));
        }

        private void finish(Runnable tell) {
            next();
            tell.run();
        }

        private void later(Duration delay, Runnable task) {
            timer = loop.schedule(delay, task);
        }
    }
}
