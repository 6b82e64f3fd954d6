package io.patchcord.provider.openai;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.ProviderException.Kind;
import io.patchcord.agent.spi.SttEvent;
import io.patchcord.agent.spi.SttListener;
import io.patchcord.agent.spi.SttSession;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call's stream to a recogniser, which may be held in several of the API's sessions, one after the other: audio whose
 * words have not come is given to the next one. Turns end by the server's judgement or by {@link #finish}, and are told in
 * their order. Confined to the call loop.
 */
final class RealtimeSttSession implements SttSession, Lifeline.Owner {

    private static final Logger log = LoggerFactory.getLogger(RealtimeSttSession.class);

    /** What the server takes as a turn at least, as integrators have seen. */
    private static final Duration SHORTEST_TURN = Duration.ofMillis(100);

    private final CallLoop loop;
    private final SttListener listener;
    private final boolean serverFindsTurns;
    private final CurrentLink link = new CurrentLink();
    private final CallerAudio audio;
    private final Lifeline lifeline;
    private final SttTurns turns = new SttTurns(this::tell);
    private final Duration longestSilence;
    private final Patience silence;
    private SttTurns.@Nullable Turn watched;
    private long turnStart;
    private long speechEnd;
    private boolean speaking;
    private boolean speechTold;
    private long heardAgainTo;
    private boolean silentBefore;
    private boolean over;

    /**
     * Begins to open the first session of the API.
     *
     * @param limits how long the words of a turn may take, and how old a session may become
     * @param opener begins to open a session
     */
    RealtimeSttSession(
            CallLoop loop,
            WireAudio wire,
            boolean serverFindsTurns,
            RealtimeSettings.Limits limits,
            Function<RealtimeLink.Listener, RealtimeLink> opener,
            SttListener listener) {
        this.loop = loop;
        this.listener = listener;
        this.serverFindsTurns = serverFindsTurns;
        this.audio = new CallerAudio(loop, wire);
        this.longestSilence = limits.response();
        this.silence = new Patience(loop, this::onSilence);
        this.lifeline = new Lifeline("stt", loop, limits.session(), limits.tries(), opener, this);
        keepWhatIsNeeded();
        lifeline.start();
    }

    @Override
    public void sendAudio(AudioFrame frame) {
        if (!over) {
            audio.accept(frame);
        }
    }

    @Override
    public void finish() {
        if (over) {
            return;
        }
        if (audio.end() - turnStart < SHORTEST_TURN.toMillis() * audio.bytesPerMs()) {
            turns.addEmpty(turnStart);
            loop.execute(turns::tellInOrder);
            return;
        }
        SttTurns.Turn turn = turns.add(turnStart, audio.end());
        turnStart = turn.end();
        turn.committedBy(link.send(ClientEvents.commit()));
        watchSilence();
    }

    @Override
    public void close() {
        over = true;
        silence.stop();
        link.lose();
        lifeline.close();
    }

    @Override
    public void moveTo(RealtimeLink newLink) {
        link.use(newLink);
        long from = audio.beginOver(newLink);
        if (serverFindsTurns) {
            // It finds them again.
            turns.forgetAwaited();
        }
        for (SttTurns.Turn turn : turns.awaited()) {
            audio.resend(Math.max(from, turn.start()), turn.end());
            turn.committedBy(link.send(ClientEvents.commit()));
            from = turn.end();
        }
        audio.resend(from, audio.end());
        heardAgainTo = audio.end();
        turns.tellInOrder();
        watchSilence();
    }

    @Override
    public void hear(ServerEvent event) {
        if (event instanceof ServerEvent.TranscriptDelta delta) {
            turns.add(delta.itemId(), delta.delta());
            if (turns.firstAwaited().filter(turn -> turn.is(delta.itemId())).isPresent()) {
                silence.stop();
            }
        } else if (event instanceof ServerEvent.TranscriptCompleted completed) {
            silentBefore = false;
            lifeline.works();
            turns.complete(completed.itemId(), completed.transcript());
        } else if (event instanceof ServerEvent.TranscriptFailed failed) {
            log.warn("OpenAI has no transcript: {}", failed.error().words());
            turns.complete(failed.itemId(), "");
        } else if (event instanceof ServerEvent.SpeechStarted started) {
            onStarted(started);
        } else if (event instanceof ServerEvent.SpeechStopped stopped) {
            speaking = false;
            speechEnd = audio.place(stopped.audioEndMs());
        } else if (event instanceof ServerEvent.Committed committed) {
            onCommitted(committed);
        } else if (event instanceof ServerEvent.Failure failure) {
            onError(failure.error());
        } else {
            log.debug(
                    "OpenAI: {} in a session that only listens",
                    event.getClass().getSimpleName());
        }
        watchSilence();
        lifeline.pause();
    }

    @Override
    public void linkLost() {
        link.lose();
        audio.hold();
        silence.stop();
        speaking = false;
        turns.lost();
    }

    @Override
    public boolean isBetweenTurns() {
        return turns.isEmpty() && !speaking;
    }

    @Override
    public void gone(ProviderException why) {
        if (!over) {
            close();
            listener.onEvent(new SttEvent.Failed(why));
        }
    }

    private void onStarted(ServerEvent.SpeechStarted started) {
        speaking = true;
        turnStart = audio.place(started.audioStartMs());
        keepWhatIsNeeded();
        // Told before where another session hears it again; told later where the turn before it has not ended yet.
        boolean notNow = speechTold && (turnStart < heardAgainTo || !turns.isEmpty());
        if (!notNow) {
            tellSpeech();
        }
    }

    private void tellSpeech() {
        speechTold = true;
        listener.onEvent(new SttEvent.SpeechStarted());
    }

    private void onCommitted(ServerEvent.Committed committed) {
        SttTurns.Turn turn = turns.withoutItem().orElseGet(() -> turns.add(turnStart, Math.max(turnStart, speechEnd)));
        turn.becomes(committed.itemId());
        speaking = false;
        turnStart = Math.max(turnStart, turn.end());
        keepWhatIsNeeded();
    }

    private void onError(ServerError error) {
        if (!turns.refused(error.eventId())) {
            log.warn("OpenAI reports: {}", error.words());
        }
    }

    /** The turn that is told next has a limit for its words, and for each piece of them. */
    private void watchSilence() {
        SttTurns.Turn first =
                over || !link.isThere() ? null : turns.firstAwaited().orElse(null);
        if (first == null) {
            silence.stop();
        } else if (first != watched || !silence.isRunning()) {
            silence.wind(longestSilence);
        }
        watched = first;
    }

    /** One session may have lost a turn; a service that writes down nothing in two of them is of no use. */
    private void onSilence() {
        if (turns.isOvertaken()) {
            log.warn("OpenAI sent no words of a turn, and those of a later one");
            turns.firstAwaited().ifPresent(turn -> turns.complete(turn, ""));
            watchSilence();
            return;
        }
        ProviderException why = new ProviderException(
                Kind.TIMEOUT, "OpenAI did not write down what was said within " + longestSilence.toMillis() + " ms");
        if (silentBefore) {
            gone(why);
        } else {
            silentBefore = true;
            lifeline.replace(why);
        }
    }

    private void tell(SttEvent event) {
        if (!over) {
            keepWhatIsNeeded();
            listener.onEvent(event);
            if (event instanceof SttEvent.EndOfTurn) {
                turnEnded();
            }
        }
    }

    private void turnEnded() {
        speechTold = false;
        if (!over && serverFindsTurns && (speaking || !turns.isEmpty())) {
            tellSpeech();
        }
    }

    /** From the first turn whose words have not come, or from the one that is being spoken. */
    private void keepWhatIsNeeded() {
        Optional<SttTurns.Turn> first = turns.first();
        long needed = first.map(SttTurns.Turn::start).orElse(turnStart);
        audio.settle(needed);
        if (first.isPresent() || speaking || !serverFindsTurns) {
            audio.keepFrom(needed);
        }
    }
}
