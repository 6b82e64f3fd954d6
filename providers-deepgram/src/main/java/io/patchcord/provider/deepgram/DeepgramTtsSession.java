package io.patchcord.provider.deepgram;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.spi.TtsSession;
import java.util.ArrayDeque;
import java.util.Deque;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The voice of one call: one exchange after the other, each begun when the audio of the one before is complete. Deepgram
 * makes audio faster than it is played, so the caller hears no gap. Confined to the call loop; exchanges come back to it
 * through {@link CallLoop#execute}, and one that is no longer the current one is not listened to.
 */
final class DeepgramTtsSession implements TtsSession {

    private final OkHttpClient client;
    private final SpeakRequests requests;
    private final CallLoop loop;
    private final TtsListener listener;
    private final Deque<Clause> waiting = new ArrayDeque<>();
    private @Nullable Clause current;
    private boolean closed;

    DeepgramTtsSession(OkHttpClient client, SpeakRequests requests, CallLoop loop, TtsListener listener) {
        this.client = client;
        this.requests = requests;
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
            startNext();
        }
    }

    @Override
    public void cancel() {
        waiting.clear();
        if (current != null) {
            current.cancel();
            current = null;
        }
    }

    @Override
    public void close() {
        closed = true;
        cancel();
    }

    private void startNext() {
        current = waiting.poll();
        if (current != null) {
            current.start();
        }
    }

    /** One clause, from its place in the queue to its end. */
    private final class Clause implements SpeakExchange.Sink {

        private final String id;
        private final String text;
        private @Nullable Call call;

        Clause(String id, String text) {
            this.id = id;
            this.text = text;
        }

        void start() {
            if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
                // Deepgram refuses a text without a word in it.
                done();
                return;
            }
            call = client.newCall(requests.of(text));
            call.enqueue(new SpeakExchange(this, requests::withoutKey));
        }

        void cancel() {
            if (call != null) {
                call.cancel();
            }
        }

        @Override
        public void audio(AudioFrame audio) {
            loop.execute(() -> {
                if (current == this) {
                    listener.onAudio(id, audio);
                }
            });
        }

        @Override
        public void done() {
            end(() -> listener.onDone(id));
        }

        @Override
        public void failed(ProviderException error) {
            end(() -> listener.onFailed(id, error));
        }

        /** The next clause is under way before the listener, which may cancel it, is told of the end of this one. */
        private void end(Runnable tell) {
            loop.execute(() -> {
                if (current == this) {
                    startNext();
                    tell.run();
                }
            });
        }
    }
}
