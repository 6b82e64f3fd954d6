package io.patchcord.openai.compatible;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.spi.TtsSession;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * The voice of one call: clauses are heard in their order, and the next one is asked for as soon as the one before begins to
 * come, so that there is no pause between them. One that is too long for the server is several requests. Confined to the call
 * loop; exchanges come back to it through {@link CallLoop#execute}.
 */
final class SpeechSession implements TtsSession {

    private static final MediaType JSON = MediaType.get("application/json");

    private final HttpServer server;
    private final SpeechRequests requests;
    private final CallLoop loop;
    private final TtsListener listener;
    private final Deque<Clause> clauses = new ArrayDeque<>();
    private boolean closed;

    SpeechSession(HttpServer server, SpeechRequests requests, CallLoop loop, TtsListener listener) {
        this.server = server;
        this.requests = requests;
        this.loop = loop;
        this.listener = listener;
    }

    @Override
    public void speak(String clauseId, String text) {
        if (!closed) {
            List<String> parts = SpeechParts.of(text);
            for (int i = 0; i < parts.size(); i++) {
                clauses.add(new Clause(clauseId, parts.get(i), i == parts.size() - 1));
            }
            startDue();
        }
    }

    @Override
    public void cancel() {
        clauses.forEach(Clause::cancel);
        clauses.clear();
    }

    @Override
    public void close() {
        closed = true;
        cancel();
    }

    /** The first clause, and the one after each that has begun to come. */
    private void startDue() {
        boolean due = true;
        for (Clause clause : clauses) {
            if (!due) {
                return;
            }
            clause.start();
            due = clause.hasCome;
        }
    }

    /** Tells what has come of the first clause, and of the next ones if it is over. */
    private void tell() {
        while (!clauses.isEmpty() && !clauses.element().news.isEmpty()) {
            Clause first = clauses.element();
            Runnable news = first.news.remove();
            boolean ends = first.over && first.news.isEmpty();
            if (ends) {
                clauses.remove();
            }
            news.run();
            if (ends) {
                startDue();
            }
        }
    }

    private void dropRestOf(Clause failed) {
        Clause part = failed;
        while (!part.last) {
            part = clauses.remove();
            part.cancel();
        }
    }

    /** One clause, or a part of a long one, from its place in the queue to its end. */
    private final class Clause implements SpeechExchange.Sink {

        private final String id;
        private final String text;
        /** Of the parts of a clause. */
        private final boolean last;

        /** What the listener has not been told yet, since clauses before are not over. */
        private final Deque<Runnable> news = new ArrayDeque<>();

        private @Nullable Call call;
        private boolean started;
        private boolean hasCome;
        private boolean over;

        Clause(String id, String text, boolean last) {
            this.id = id;
            this.text = text;
            this.last = last;
        }

        void start() {
            if (started) {
                return;
            }
            started = true;
            if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
                // Servers refuse a text without a word in it, or make a noise.
                done();
                return;
            }
            Request request = server.request("/audio/speech")
                    .post(RequestBody.create(requests.body(text), JSON))
                    .build();
            Optional<Call> next = server.newCall(request);
            if (next.isEmpty()) {
                failed(server.errors().busy());
                return;
            }
            call = next.get();
            call.enqueue(new SpeechExchange(requests.format(), server.errors(), this));
        }

        void cancel() {
            over = true;
            news.clear();
            if (call != null) {
                call.cancel();
            }
        }

        @Override
        public void audio(AudioFrame audio) {
            came(() -> listener.onAudio(id, audio), false);
        }

        @Override
        public void done() {
            came(last ? () -> listener.onDone(id) : () -> {}, true);
        }

        @Override
        public void failed(ProviderException error) {
            loop.execute(() -> {
                if (!over) {
                    over = true;
                    news.add(() -> {
                        dropRestOf(this);
                        listener.onFailed(id, error);
                    });
                    tell();
                }
            });
        }

        private void came(Runnable what, boolean last) {
            loop.execute(() -> {
                if (over) {
                    return;
                }
                news.add(what);
                hasCome = true;
                over = last;
                startDue();
                tell();
            });
        }
    }
}
