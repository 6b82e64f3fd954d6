package io.patchcord.provider.deepgram;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.TtsListener;
import io.patchcord.agent.spi.TtsSession;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The voice of one call. Clauses go out as they come, each with a Flush behind it, and the audio up to the n-th Flushed is the
 * n-th clause's. Where no Flush may be sent, or there is no WebSocket at all, a clause is an exchange by REST; those after it
 * wait for its end. Deepgram makes audio faster than it is played, so the caller hears no gap. Confined to the call loop;
 * exchanges come back to it through {@link CallLoop#execute}.
 */
final class SpeakSession implements TtsSession {

    private final CallLoop loop;
    private final Duration stallLimit;
    private final TtsListener listener;
    private final RestSpeaker rest;
    private final @Nullable SpeakLink link;
    private final FlushBudget flushes = new FlushBudget();
    private final SampleJoiner samples = new SampleJoiner(DeepgramTtsEngine.FORMAT);
    private final Deque<SpeakClause> clauses = new ArrayDeque<>();
    private final Deadline stall;
    private final Clears clears;
    private boolean closed;

    SpeakSession(DeepgramTtsEngine engine, SpeakRequests requests, CallLoop loop, TtsListener listener) {
        this.loop = loop;
        this.stallLimit = engine.account().timeout();
        this.stall = new Deadline(loop);
        this.clears = new Clears(loop, this::replaceLink);
        this.listener = listener;
        this.rest = engine.rest(requests, loop, new Exchanges());
        this.link = engine.link(requests, loop, new Link());
        if (link != null) {
            // Ahead of the first sentence, which need not wait for the handshake then.
            link.connect();
        }
    }

    @Override
    public void speak(String clauseId, String text) {
        if (closed) {
            return;
        }
        SpeakClause clause = new SpeakClause(clauseId, text);
        clauses.add(clause);
        if (clause.isWordless()) {
            loop.execute(this::endWordless);
        } else {
            send();
        }
    }

    /** Sends what can be sent: in order, and nothing that would overtake an exchange. */
    private void send() {
        for (SpeakClause clause : clauses) {
            if (clause.isWaiting() && !clause.isWordless() && !send(clause)) {
                return;
            }
            if (!clause.isSent() && !clause.isWordless()) {
                return;
            }
        }
    }

    /** False if the clause has to wait, and all after it. */
    private boolean send(SpeakClause clause) {
        boolean first = clauses.peek() == clause;
        if (link == null) {
            return first && exchange(clause);
        }
        if (first) {
            link.renewIfOld();
        }
        if (!link.isOpen()) {
            link.connect();
            return false;
        }
        if (clears.areOpen()) {
            return false;
        }
        if (!flushes.take(loop.nanoTime())) {
            return first && exchange(clause);
        }
        clause.sent();
        link.speak(clause.text());
        if (first) {
            watch();
        }
        return true;
    }

    private boolean exchange(SpeakClause clause) {
        rest.speak(clause);
        return true;
    }

    /** A clause with nothing to say is done when those before it are. */
    private void endWordless() {
        SpeakClause first = clauses.peek();
        if (first != null && first.isWordless()) {
            end(first, ended -> listener.onDone(ended.id()));
        }
    }

    /** What follows is under way before the listener, which may cancel it, is told of the end of this one. */
    private void end(SpeakClause clause, Consumer<SpeakClause> tell) {
        clauses.remove(clause);
        samples.clear();
        watch();
        send();
        tell.accept(clause);
        endWordless();
    }

    @Override
    public void cancel() {
        SpeakClause first = clauses.peek();
        boolean anySent = clauses.stream().anyMatch(SpeakClause::isSent);
        clauses.clear();
        samples.clear();
        stall.cancel();
        if (first != null) {
            first.cancelExchange();
        }
        if (anySent && link != null) {
            link.clear();
            clears.sent();
        }
    }

    @Override
    public void close() {
        if (!closed) {
            cancel();
            closed = true;
            clears.forget();
            if (link != null) {
                link.close();
            }
        }
    }

    /** Fails the clause at the head if nothing comes of it for too long. */
    private void watch() {
        stall.cancel();
        SpeakClause first = clauses.peek();
        if (first != null && first.isSent()) {
            stall.set(
                    stallLimit,
                    () -> abandon(
                            new ProviderException(ProviderException.Kind.TIMEOUT, "Deepgram took too long to speak")));
        }
    }

    /** The clauses after the Clear that was not answered are said on another connection. */
    private void replaceLink() {
        if (link != null) {
            link.abort();
            reset();
            send();
        }
    }

    private void abandon(ProviderException error) {
        if (link != null) {
            link.abort();
        }
        lost(error);
    }

    private void reset() {
        clears.forget();
        stall.cancel();
        samples.clear();
    }

    /** Between two answers nobody hears of it; the next clause has it made again. */
    private void lost(ProviderException error) {
        reset();
        SpeakClause first = clauses.peek();
        boolean fails =
                first != null && !first.isWordless() && (first.isWaiting() || (first.isSent() && first.isGivenUp()));
        resendAll();
        if (first != null && fails) {
            end(first, failed -> listener.onFailed(failed.id(), error));
        } else {
            send();
        }
    }

    private void resendAll() {
        clauses.stream().filter(SpeakClause::isSent).forEach(SpeakClause::waitAgain);
    }

    private void tell(SpeakClause clause, AudioFrame audio) {
        if (audio.samples() > 0) {
            clause.heard();
            listener.onAudio(clause.id(), audio);
        }
    }

    /** What the WebSocket tells. */
    private final class Link implements SpeakLink.User {

        @Override
        public void opened() {
            send();
        }

        @Override
        public void audio(byte[] piece) {
            SpeakClause first = clauses.peek();
            if (!clears.areOpen() && first != null && first.isSent()) {
                watch();
                tell(first, samples.join(piece));
            }
        }

        @Override
        public void flushed() {
            SpeakClause first = clauses.peek();
            if (!clears.areOpen() && first != null && first.isSent()) {
                end(first, done -> listener.onDone(done.id()));
            }
        }

        @Override
        public void cleared() {
            if (clears.answered()) {
                send();
            }
        }

        @Override
        public void lost(ProviderException error) {
            SpeakSession.this.lost(error);
        }
    }

    /** What exchanges by REST tell. */
    private final class Exchanges implements RestSpeaker.User {

        @Override
        public void audio(SpeakClause clause, AudioFrame audio) {
            if (clauses.peek() == clause) {
                tell(clause, audio);
            }
        }

        @Override
        public void done(SpeakClause clause) {
            if (clauses.peek() == clause) {
                end(clause, done -> listener.onDone(done.id()));
            }
        }

        @Override
        public void failed(SpeakClause clause, ProviderException error) {
            if (clauses.peek() == clause) {
                end(clause, failed -> listener.onFailed(failed.id(), error));
            }
        }
    }
}
