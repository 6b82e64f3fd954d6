package io.patchcord.agent.pipeline.voice;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.pipeline.standby.Breaker;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.TtsEngine;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.spi.TtsSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A voice whose connection breaks, or hangs, in the middle of what it says, and that may refuse calls. */
public final class BrittleVoice implements TtsEngine {

    private final TtsEngine voice;
    private @Nullable Session last;
    private int open;
    private boolean refuses;

    public BrittleVoice(TtsEngine voice) {
        this.voice = voice;
    }

    /** Voices that stand in for each other by the clock of a call. */
    public static TtsEngine inOrder(
            List<BrittleVoice> voices, Duration stall, Breaker.Rests rests, LongSupplier clock) {
        return new TtsFallback(voices, stall, rests, clock);
    }

    /** The clause that it is at fails. */
    public void breakOff(ProviderException error) {
        Session session = lastSession();
        session.inner.cancel();
        String clause = session.order.remove(0);
        session.outer.onFailed(clause, error);
    }

    /** Nothing is said any more, and nothing told. */
    public void stall() {
        lastSession().inner.cancel();
    }

    /** Whether it refuses further calls. */
    public void refuse(boolean newCalls) {
        refuses = newCalls;
    }

    /** Whether there is a clause that it is at. */
    public boolean isSpeaking() {
        return last != null && !last.order.isEmpty();
    }

    /** How many sessions are open. */
    public int open() {
        return open;
    }

    private Session lastSession() {
        if (last == null) {
            throw new IllegalStateException("not open");
        }
        return last;
    }

    @Override
    public String description() {
        return "brittle";
    }

    @Override
    public AudioFormat outputFormat() {
        return voice.outputFormat();
    }

    @Override
    public TtsSession open(CallLoop loop, Optional<String> name, TtsListener listener) {
        if (refuses) {
            throw new ProviderException(ProviderException.Kind.RATE_LIMITED, "too many");
        }
        Session session = new Session(loop, name, listener);
        last = session;
        open++;
        return session;
    }

    @Override
    public void close() {}

    private final class Session implements TtsSession, TtsListener {

        private final TtsListener outer;
        private final List<String> order = new ArrayList<>();
        private final TtsSession inner;
        private boolean closed;

        Session(CallLoop loop, Optional<String> name, TtsListener outer) {
            this.outer = outer;
            this.inner = voice.open(loop, name, this);
        }

        @Override
        public void speak(String clauseId, String text) {
            order.add(clauseId);
            inner.speak(clauseId, text);
        }

        @Override
        public void cancel() {
            order.clear();
            inner.cancel();
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open--;
                order.clear();
                inner.close();
            }
        }

        @Override
        public void onAudio(String clauseId, AudioFrame audio) {
            outer.onAudio(clauseId, audio);
        }

        @Override
        public void onDone(String clauseId) {
            order.remove(clauseId);
            outer.onDone(clauseId);
        }

        @Override
        public void onFailed(String clauseId, ProviderException error) {
            order.remove(clauseId);
            outer.onFailed(clauseId, error);
        }
    }
}
