package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.pipeline.text.TextForSpeech;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.spi.TtsSession;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The voice of a call: gives each clause's audio to whom it belongs, and sees to it that a clause which stalls fails. After a
 * failure the engine's session is a new one. Confined to the call loop.
 */
final class Voice {

    private final TtsEngine engine;
    private final CallLoop loop;
    private final Optional<String> name;
    private final String language;
    private final Duration stall;
    private final Queue<Clause> clauses = new ArrayDeque<>();
    private TtsSession session;
    private Clauses current;
    private CallLoop.@Nullable Timer timer;
    private int lastId;
    private boolean closed;

    /** Receives what becomes of a clause. */
    interface ClauseListener {

        /** More audio, in order. */
        void onAudio(AudioFrame audio);

        void onDone();

        /** The clause breaks off, and those after it are forgotten. */
        void onFailed(ProviderException error);
    }

    private record Clause(String id, ClauseListener listener) {}

    /**
     * @throws ProviderException if the engine refuses
     */
    Voice(TtsEngine engine, CallLoop loop, Optional<String> name, String language, Duration stall) {
        this.engine = engine;
        this.loop = loop;
        this.name = name;
        this.language = language;
        this.stall = stall;
        this.current = new Clauses();
        this.session = engine.open(loop, name, current);
    }

    /** Speaks the clause after those before it. */
    void speak(String text, ClauseListener listener) {
        if (closed) {
            return;
        }
        Clause clause = new Clause("c" + ++lastId, listener);
        clauses.add(clause);
        if (clauses.size() == 1) {
            restartTimer();
        }
        session.speak(clause.id(), TextForSpeech.spoken(text, language));
    }

    /** Forgets all clauses that are not done. */
    void cancel() {
        stopTimer();
        clauses.clear();
        session.cancel();
    }

    void close() {
        closed = true;
        stopTimer();
        clauses.clear();
        session.close();
    }

    private void failed(ProviderException error) {
        Clause clause = clauses.peek();
        if (clause == null) {
            return;
        }
        stopTimer();
        clauses.clear();
        reopen();
        clause.listener().onFailed(error);
    }

    private void reopen() {
        Clauses fresh = new Clauses();
        try {
            TtsSession next = engine.open(loop, name, fresh);
            session.close();
            session = next;
            current = fresh;
        } catch (ProviderException e) {
            // The old one stays; the next clause tells whether it still works.
            session.cancel();
        }
    }

    private void restartTimer() {
        stopTimer();
        timer = loop.schedule(
                stall,
                () -> failed(new ProviderException(
                        ProviderException.Kind.TIMEOUT, "the voice gave no audio for " + stall.toMillis() + " ms")));
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** What the engine's session tells, as long as it is the current one. */
    private final class Clauses implements TtsListener {

        @Override
        public void onAudio(String clauseId, AudioFrame audio) {
            Clause clause = clause(clauseId);
            if (clause != null) {
                restartTimer();
                clause.listener().onAudio(audio);
            }
        }

        @Override
        public void onDone(String clauseId) {
            Clause clause = clause(clauseId);
            if (clause != null) {
                clauses.remove();
                if (clauses.isEmpty()) {
                    stopTimer();
                } else {
                    restartTimer();
                }
                clause.listener().onDone();
            }
        }

        @Override
        public void onFailed(String clauseId, ProviderException error) {
            if (clause(clauseId) != null) {
                failed(error);
            }
        }

        private @Nullable Clause clause(String id) {
            Clause first = clauses.peek();
            return current == this && first != null && first.id().equals(id) ? first : null;
        }
    }
}
