package io.patchcord.agent.pipeline.voice;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.spi.TtsSession;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The voice of one call that speaks clauses from memory where it can, and keeps what the voice behind it makes. Clauses come
 * in their order, whichever of the two they are; those to be made are handed on at once, so that they are under way while
 * others are spoken from memory. Confined to the call loop.
 */
final class CachedVoice implements TtsSession {

    /** So much audio is told at a time. */
    private static final Duration PIECE = Duration.ofMillis(500);

    /** A longer clause is unlikely to be said again. */
    private static final Duration LONGEST_KEPT = Duration.ofSeconds(15);

    private final CallLoop loop;
    private final Optional<String> voiceName;
    private final PromptCache cache;
    private final TtsListener listener;
    private final Deque<Clause> clauses = new ArrayDeque<>();
    private final TtsSession voice;
    private boolean closed;

    /** A clause that is not done: from memory, or being made and collected. */
    private static final class Clause {

        private final String id;
        private final PromptCache.Key key;
        private final @Nullable AudioFrame remembered;
        private final List<AudioFrame> made = new ArrayList<>();

        Clause(String id, PromptCache.Key key, @Nullable AudioFrame remembered) {
            this.id = id;
            this.key = key;
            this.remembered = remembered;
        }
    }

    CachedVoice(CallLoop loop, TtsEngine engine, Optional<String> voiceName, PromptCache cache, TtsListener listener) {
        this.loop = loop;
        this.voiceName = voiceName;
        this.cache = cache;
        this.listener = listener;
        this.voice = engine.open(loop, voiceName, new Made());
    }

    @Override
    public void speak(String clauseId, String text) {
        if (closed) {
            return;
        }
        PromptCache.Key key = new PromptCache.Key(voiceName, text);
        Optional<AudioFrame> remembered = cache.get(key);
        clauses.add(new Clause(clauseId, key, remembered.orElse(null)));
        if (remembered.isPresent()) {
            loop.execute(this::tellRemembered);
        } else {
            voice.speak(clauseId, text);
        }
    }

    @Override
    public void cancel() {
        clauses.clear();
        voice.cancel();
    }

    @Override
    public void close() {
        closed = true;
        clauses.clear();
        voice.close();
    }

    /** Tells the remembered clauses that no clause in the making stands before. The listener may cancel at any of them. */
    private void tellRemembered() {
        Clause clause = clauses.peek();
        while (clause != null && clause.remembered != null) {
            for (AudioFrame piece : pieces(clause.remembered)) {
                if (clauses.peek() == clause) {
                    listener.onRemembered(clause.id, piece);
                }
            }
            if (clauses.peek() == clause) {
                clauses.remove();
                listener.onDone(clause.id);
            }
            clause = clauses.peek();
        }
    }

    private void keep(Clause clause) {
        if (clause.made.isEmpty()) {
            return;
        }
        AudioFrame audio = Frames.join(clause.made);
        if (audio.duration().compareTo(LONGEST_KEPT) <= 0) {
            cache.put(clause.key, audio);
        }
    }

    private static List<AudioFrame> pieces(AudioFrame audio) {
        return Frames.split(audio, PIECE);
    }

    /** What the voice behind makes. */
    private final class Made implements TtsListener {

        @Override
        public void onAudio(String clauseId, AudioFrame audio) {
            Clause clause = current(clauseId);
            if (clause != null) {
                clause.made.add(audio);
                listener.onAudio(clauseId, audio);
            }
        }

        @Override
        public void onDone(String clauseId) {
            Clause clause = current(clauseId);
            if (clause != null) {
                clauses.remove();
                keep(clause);
                listener.onDone(clauseId);
                tellRemembered();
            }
        }

        @Override
        public void onFailed(String clauseId, ProviderException error) {
            if (current(clauseId) != null) {
                clauses.remove();
                listener.onFailed(clauseId, error);
                tellRemembered();
            }
        }

        private @Nullable Clause current(String id) {
            tellRemembered();
            Clause first = clauses.peek();
            return first != null && first.id.equals(id) ? first : null;
        }
    }
}
