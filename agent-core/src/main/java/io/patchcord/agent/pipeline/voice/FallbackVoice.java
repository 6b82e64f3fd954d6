package io.patchcord.agent.pipeline.voice;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioConverter;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.pipeline.standby.Deadline;
import io.patchcord.agent.pipeline.standby.Standbys;
import io.patchcord.agent.pipeline.standby.Standbys.Standby;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.spi.TtsSession;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The voice of one call, spoken by one of several. Confined to the call loop. */
final class FallbackVoice implements TtsSession {

    private static final Logger log = LoggerFactory.getLogger(FallbackVoice.class);

    private final Standbys<TtsEngine> voices;
    private final CallLoop loop;
    private final Optional<String> name;
    private final TtsListener listener;
    private final AudioConverter converter;
    private final Duration patience;
    private final Deadline stall;
    private final Deque<UnsaidClause> clauses = new ArrayDeque<>();
    private final Map<Standby<TtsEngine>, Pace> paces = new HashMap<>();
    private @Nullable Speaker speaker;
    private boolean closed;

    /**
     * @throws ProviderException if all refuse
     */
    FallbackVoice(
            Standbys<TtsEngine> voices, Duration patience, CallLoop loop, Optional<String> name, TtsListener listener) {
        this.voices = voices;
        this.loop = loop;
        this.name = name;
        this.listener = listener;
        this.patience = patience;
        this.converter = new AudioConverter(voices.preferred().engine().outputFormat());
        this.stall = new Deadline(loop, patience, this::stalled);
        ProviderException refusal = select(new HashSet<>());
        if (refusal != null) {
            throw refusal;
        }
    }

    @Override
    public void speak(String clauseId, String text) {
        if (closed) {
            return;
        }
        boolean first = clauses.isEmpty();
        clauses.add(new UnsaidClause(clauseId, text));
        if (first) {
            preferBetter();
            stall.restart();
        }
        Speaker current = speaker;
        if (current != null) {
            current.session.speak(clauseId, text);
        } else if (first) {
            seekVoice();
        }
    }

    @Override
    public void cancel() {
        stall.stop();
        clauses.clear();
        converter.reset();
        if (speaker != null) {
            speaker.session.cancel();
        }
    }

    @Override
    public void close() {
        closed = true;
        stall.stop();
        clauses.clear();
        closeSpeaker();
    }

    /** Between two answers the voice may change back to a better one. */
    private void preferBetter() {
        for (Standby<TtsEngine> voice : voices.all()) {
            boolean better = speaker == null || voice != speaker.voice;
            if (!better || (voice.breaker().mayTry() && open(voice) == null)) {
                return;
            }
        }
    }

    /** Opens the best voice that is none of these; tells why there is none. */
    private @Nullable ProviderException select(Set<Standby<TtsEngine>> tried) {
        closeSpeaker();
        ProviderException refusal = new ProviderException(Kind.UNAVAILABLE, "no voice is left");
        Optional<Standby<TtsEngine>> next = voices.choose(tried);
        while (next.isPresent()) {
            tried.add(next.get());
            ProviderException answer = open(next.get());
            if (answer == null) {
                return null;
            }
            refusal = answer;
            next = voices.choose(tried);
        }
        return refusal;
    }

    /** Asks all voices anew when none can be had; soon, since nobody is told within his own call. */
    private void seekVoice() {
        loop.execute(() -> {
            if (speaker == null) {
                speakAnew(new ProviderException(Kind.UNAVAILABLE, "no voice can be had"));
            }
        });
    }

    /** Changes to this voice, unless it refuses. */
    private @Nullable ProviderException open(Standby<TtsEngine> voice) {
        Speaker next = new Speaker(voice);
        try {
            Optional<String> itsName = voice == voices.preferred() ? name : Optional.empty();
            next.session = voice.engine().open(loop, itsName, next);
        } catch (ProviderException e) {
            voice.breaker().failed(e);
            log.warn("{} refused: {} ({})", voice.engine().description(), e.getMessage(), e.kind());
            return e;
        }
        closeSpeaker();
        speaker = next;
        return null;
    }

    private void closeSpeaker() {
        Speaker last = speaker;
        speaker = null;
        if (last != null) {
            last.voice.breaker().givenUp();
            last.session.close();
        }
    }

    private void stalled() {
        failed(new ProviderException(Kind.TIMEOUT, "the voice gave no audio for " + patience.toMillis() + " ms"));
    }

    private void failed(ProviderException error) {
        Speaker last = speaker;
        if (last != null) {
            last.voice.breaker().failed(error);
            log.warn("{} failed: {} ({})", last.voice.engine().description(), error.getMessage(), error.kind());
        }
        speakAnew(error);
    }

    /** Has what is left said by another voice; when there is none the first clause fails, and the others are tried again. */
    private void speakAnew(ProviderException error) {
        UnsaidClause clause = clauses.peek();
        if (clause == null) {
            return;
        }
        Speaker last = speaker;
        boolean rest = clause.keepRest(last == null ? new Pace() : last.pace);
        if (last != null) {
            clause.tried().add(last.voice);
        }
        boolean lost = rest && select(clause.tried()) != null;
        if (!rest || lost) {
            clauses.remove();
            select(new HashSet<>());
        }
        speakAll();
        if (lost) {
            listener.onFailed(clause.id(), error);
        } else if (!rest) {
            listener.onDone(clause.id());
        }
    }

    private void speakAll() {
        stall.stop();
        converter.reset();
        if (clauses.isEmpty()) {
            return;
        }
        Speaker current = speaker;
        if (current == null) {
            seekVoice();
        } else {
            stall.restart();
            clauses.forEach(clause -> current.session.speak(clause.id(), clause.text()));
        }
    }

    /** One of the voices, as long as it is the current one. */
    private final class Speaker implements TtsListener {

        private final Standby<TtsEngine> voice;
        private final Pace pace;
        private TtsSession session = NoVoice.INSTANCE;

        Speaker(Standby<TtsEngine> voice) {
            this.voice = voice;
            this.pace = paces.computeIfAbsent(voice, unused -> new Pace());
        }

        @Override
        public void onAudio(String clauseId, AudioFrame audio) {
            UnsaidClause clause = current(clauseId);
            if (clause != null) {
                voice.breaker().worked();
                listener.onAudio(clauseId, said(clause, audio));
            }
        }

        @Override
        public void onRemembered(String clauseId, AudioFrame audio) {
            UnsaidClause clause = current(clauseId);
            if (clause != null) {
                listener.onRemembered(clauseId, said(clause, audio));
            }
        }

        private AudioFrame said(UnsaidClause clause, AudioFrame audio) {
            stall.restart();
            clause.said(audio);
            return converter.convert(audio);
        }

        @Override
        public void onDone(String clauseId) {
            UnsaidClause clause = current(clauseId);
            if (clause == null) {
                return;
            }
            clauses.remove();
            stall.stop();
            if (!clauses.isEmpty()) {
                stall.restart();
            }
            clause.saidBy(pace);
            listener.onDone(clauseId);
        }

        @Override
        public void onFailed(String clauseId, ProviderException error) {
            if (current(clauseId) != null) {
                failed(error);
            }
        }

        private @Nullable UnsaidClause current(String id) {
            UnsaidClause first = clauses.peek();
            return speaker == this && first != null && first.id().equals(id) ? first : null;
        }
    }
}
