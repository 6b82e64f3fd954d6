package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.pipeline.standby.Standbys;
import io.patchcord.agent.pipeline.standby.Standbys.Standby;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.StreamingSttEngine;
import io.patchcord.agent.spi.SttEngine;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens with one recogniser after the other: when one refuses, fails, or has no words for clear speech in time, the next
 * one hears what the caller has said since the last turn, and goes on. Whoever listens keeps listening until it fails, so
 * that no turn is cut in two. Confined to the call loop.
 */
final class ListeningFallback implements Listening {

    private static final Logger log = LoggerFactory.getLogger(ListeningFallback.class);

    private final Standbys<SttEngine> recognisers;
    private final Opener opener;
    private final TurnListener listener;
    private final LastingAudio audio;
    private final Set<Standby<SttEngine>> tried = new HashSet<>();
    private Ear ear;
    private boolean closed;

    /** Makes a listening with one of the recognisers. */
    interface Opener {

        /**
         * Listens with this one.
         *
         * @throws ProviderException if it refuses
         */
        Listening open(SttEngine recogniser, TurnListener listener);
    }

    /**
     * @throws ProviderException if all refuse
     */
    ListeningFallback(CallLoop loop, Standbys<SttEngine> recognisers, Opener opener, TurnListener listener) {
        this.recognisers = recognisers;
        this.opener = opener;
        this.listener = listener;
        this.audio = new LastingAudio(loop, this::pass);
        this.ear = openNext();
    }

    @Override
    public void accept(AudioFrame frame) {
        if (!closed) {
            audio.accept(frame);
        }
    }

    private void pass(AudioFrame frame) {
        ear.listening().accept(frame);
    }

    @Override
    public void close() {
        closed = true;
        audio.close();
        ear.close();
    }

    /**
     * Opens the best recogniser that was not tried since a turn was understood.
     *
     * @throws ProviderException if there is none that does not refuse
     */
    private Ear openNext() {
        ProviderException refusal = new ProviderException(Kind.UNAVAILABLE, "no recogniser is left");
        Optional<Standby<SttEngine>> next = recognisers.choose(tried);
        while (next.isPresent()) {
            Standby<SttEngine> recogniser = next.get();
            tried.add(recogniser);
            Ear opened = new Ear(recogniser);
            try {
                opened.listening = opener.open(recogniser.engine(), opened);
                return opened;
            } catch (ProviderException e) {
                refusal = e;
                failed(recogniser, e);
            }
            next = recognisers.choose(tried);
        }
        throw refusal;
    }

    private static void failed(Standby<SttEngine> recogniser, ProviderException error) {
        recogniser.breaker().failed(error);
        log.warn("{} failed: {} ({})", recogniser.engine().description(), error.getMessage(), error.kind());
    }

    /** Lets another recogniser hear what the failed one has heard for nothing; false if there is none. */
    private boolean takeOver(Ear last, ProviderException error) {
        failed(last.recogniser, error);
        return replace(last);
    }

    private boolean replace(Ear last) {
        Ear next;
        try {
            next = openNext();
        } catch (ProviderException e) {
            tried.clear();
            tried.add(last.recogniser);
            return false;
        }
        last.close();
        ear = next;
        listener.onTurnResumed();
        audio.hearAgain();
        return true;
    }

    /** One recogniser at work, as long as it is the current one; it tells the listener what it finds. */
    private final class Ear implements TurnListener {

        private final Standby<SttEngine> recogniser;
        private @Nullable Listening listening;

        Ear(Standby<SttEngine> recogniser) {
            this.recogniser = recogniser;
        }

        Listening listening() {
            if (listening == null) {
                throw new IllegalStateException("not open");
            }
            return listening;
        }

        void close() {
            recogniser.breaker().givenUp();
            listening().close();
        }

        private boolean isCurrent() {
            return ear == this && !closed;
        }

        @Override
        public void onSpeechStarted() {
            if (isCurrent()) {
                audio.speechStarted();
                listener.onSpeechStarted();
            }
        }

        @Override
        public void onSpeechStopped() {
            if (isCurrent()) {
                listener.onSpeechStopped();
            }
        }

        @Override
        public void onInterim(String text) {
            if (isCurrent()) {
                listener.onInterim(text);
            }
        }

        @Override
        public void onLikelyTurn(Turn turn) {
            if (isCurrent()) {
                listener.onLikelyTurn(turn);
            }
        }

        @Override
        public void onTurnResumed() {
            if (isCurrent()) {
                listener.onTurnResumed();
            }
        }

        @Override
        public void onTurn(Turn turn) {
            if (isCurrent()) {
                recogniser.breaker().worked();
                tried.clear();
                tried.add(recogniser);
                settled();
                listener.onTurn(turn);
            }
        }

        @Override
        public void onNothingUnderstood(boolean clear) {
            if (!isCurrent()) {
                return;
            }
            if (clear && isSilentOnItsOwn() && takeOver(this, deafness())) {
                return;
            }
            settled();
            listener.onNothingUnderstood(clear);
        }

        @Override
        public void onTurnLost(ProviderException error) {
            if (isCurrent() && !takeOver(this, error)) {
                settled();
                listener.onTurnLost(error);
            }
        }

        @Override
        public void onDeaf(ProviderException error) {
            if (!isCurrent() || takeOver(this, error)) {
                return;
            }
            boolean inTurn = audio.holdsSpeech();
            audio.passOver();
            if (inTurn && replace(this)) {
                // The turn is lost; whoever failed first in it may hear the next one.
                listener.onTurnLost(error);
            } else {
                listener.onDeaf(error);
            }
        }

        /** A recogniser that finds turns itself says nothing at all when it hangs; one that is asked fails then. */
        private boolean isSilentOnItsOwn() {
            return recogniser.engine() instanceof StreamingSttEngine streaming && streaming.detectsTurns();
        }

        private void settled() {
            audio.turnEnded();
            audio.settled(false);
        }

        private ProviderException deafness() {
            return new ProviderException(Kind.TIMEOUT, "it has no words for clear speech");
        }
    }
}
