package io.patchcord.provider.local.tts;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.spi.TtsSession;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The voice of one call. It has at most one utterance in the pool, so that calls take turns. Confined to the call loop;
 * what the pool's threads tell comes in through {@link CallLoop#execute}.
 */
final class LocalTtsSession implements TtsSession {

    private final VoicePool pool;
    private final CallLoop loop;
    private final TtsListener listener;
    private final Duration deadline;
    private final Deque<Clause> waiting = new ArrayDeque<>();
    private @Nullable Clause current;
    private boolean closed;

    LocalTtsSession(VoicePool pool, CallLoop loop, TtsListener listener, Duration deadline) {
        this.pool = pool;
        this.loop = loop;
        this.listener = listener;
        this.deadline = deadline;
    }

    @Override
    public void speak(String clauseId, String text) {
        if (closed) {
            return;
        }
        waiting.add(new Clause(clauseId, SpeakableText.utterances(text)));
        // Later, so that the listener is never called from inside speak.
        loop.execute(this::startNext);
    }

    @Override
    public void cancel() {
        waiting.clear();
        if (current != null) {
            current.end();
            current = null;
        }
    }

    @Override
    public void close() {
        closed = true;
        cancel();
    }

    private void startNext() {
        if (current == null) {
            current = waiting.poll();
            if (current != null) {
                current.start();
            }
        }
    }

    /** A clause on its way: its utterances one after the other. */
    private final class Clause implements VoiceJob.Listener {

        private final String id;
        private final Deque<String> utterances;
        private @Nullable VoiceJob job;
        private CallLoop.@Nullable Timer timer;

        Clause(String id, List<String> utterances) {
            this.id = id;
            this.utterances = new ArrayDeque<>(utterances);
        }

        void start() {
            timer = loop.schedule(deadline, this::timeOut);
            next();
        }

        private void next() {
            String utterance = utterances.poll();
            if (utterance == null) {
                finish();
                listener.onDone(id);
                return;
            }
            job = new VoiceJob(utterance, this);
            try {
                pool.submit(job);
            } catch (ProviderException e) {
                fail(e);
            }
        }

        void end() {
            if (job != null) {
                pool.cancel(job);
            }
            if (timer != null) {
                timer.cancel();
            }
        }

        private void finish() {
            end();
            current = null;
            loop.execute(LocalTtsSession.this::startNext);
        }

        private void fail(ProviderException error) {
            finish();
            listener.onFailed(id, error);
        }

        private void timeOut() {
            ifCurrent(() -> fail(new ProviderException(
                    ProviderException.Kind.TIMEOUT,
                    "the local voice did not finish a clause within " + deadline.toMillis()
                            + " ms; see LOCAL_TTS_DEADLINE")));
        }

        private void ifCurrent(Runnable task) {
            if (current == this) {
                task.run();
            }
        }

        // On a thread of the pool.

        @Override
        public void onAudio(AudioFrame audio) {
            loop.execute(() -> ifCurrent(() -> listener.onAudio(id, audio)));
        }

        @Override
        public void onDone() {
            loop.execute(() -> ifCurrent(this::next));
        }

        @Override
        public void onFailed(ProviderException error) {
            loop.execute(() -> ifCurrent(() -> fail(error)));
        }
    }
}
