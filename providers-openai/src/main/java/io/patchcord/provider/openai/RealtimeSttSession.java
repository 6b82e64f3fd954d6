package io.patchcord.provider.openai;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.SttEvent;
import io.patchcord.agent.spi.SttListener;
import io.patchcord.agent.spi.SttSession;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
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
    private final Deque<Turn> turns = new ArrayDeque<>();
    private final StringBuilder interim = new StringBuilder();
    private String interimItem = "";
    private long turnStart;
    private long speechEnd;
    private boolean speaking;
    private boolean over;

    /** A turn that is over, and whose words may not have come yet. */
    private static final class Turn {

        private final long start;
        private final long end;
        private String commitId = "";
        private String itemId = "";
        private @Nullable String words;

        Turn(long start, long end) {
            this.start = start;
            this.end = end;
        }
    }

    /**
     * Begins to open the first session of the API.
     *
     * @param opener begins to open a session
     */
    RealtimeSttSession(
            CallLoop loop,
            WireAudio wire,
            boolean serverFindsTurns,
            Duration sessionLimit,
            Function<RealtimeLink.Listener, RealtimeLink> opener,
            SttListener listener) {
        this.loop = loop;
        this.listener = listener;
        this.serverFindsTurns = serverFindsTurns;
        this.audio = new CallerAudio(loop, wire);
        this.lifeline = new Lifeline("stt", loop, sessionLimit, opener, this);
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
        Turn turn = new Turn(turnStart, audio.end());
        turns.addLast(turn);
        if (turn.end - turn.start < SHORTEST_TURN.toMillis() * audio.bytesPerMs()) {
            turn.words = "";
            loop.execute(this::tellInOrder);
            return;
        }
        turnStart = turn.end;
        turn.commitId = link.send(ClientEvents.commit());
    }

    @Override
    public void close() {
        over = true;
        link.lose();
        lifeline.close();
    }

    @Override
    public void moveTo(RealtimeLink newLink) {
        link.use(newLink);
        long from = audio.beginOver(newLink);
        if (serverFindsTurns) {
            // It finds them again.
            turns.removeIf(turn -> turn.words == null);
        }
        for (Turn turn : turns) {
            if (turn.words == null) {
                audio.resend(Math.max(from, turn.start), turn.end);
                turn.commitId = link.send(ClientEvents.commit());
                from = turn.end;
            }
        }
        audio.resend(from, audio.end());
        tellInOrder();
    }

    @Override
    public void hear(ServerEvent event) {
        if (event instanceof ServerEvent.TranscriptDelta delta) {
            onDelta(delta);
        } else if (event instanceof ServerEvent.TranscriptCompleted completed) {
            lifeline.works();
            settle(turn -> turn.itemId.equals(completed.itemId()), completed.transcript());
        } else if (event instanceof ServerEvent.TranscriptFailed failed) {
            log.warn("OpenAI has no transcript: {}", failed.error().words());
            settle(turn -> turn.itemId.equals(failed.itemId()), "");
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
        lifeline.pause();
    }

    @Override
    public void linkLost() {
        link.lose();
        audio.hold();
        speaking = false;
        forgetInterim();
        turns.forEach(turn -> turn.itemId = "");
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
        listener.onEvent(new SttEvent.SpeechStarted());
    }

    private void onCommitted(ServerEvent.Committed committed) {
        Optional<Turn> asked = turns.stream()
                .filter(turn -> turn.words == null && turn.itemId.isEmpty())
                .findFirst();
        Turn turn = asked.orElseGet(() -> {
            Turn found = new Turn(turnStart, Math.max(turnStart, speechEnd));
            turns.addLast(found);
            return found;
        });
        turn.itemId = committed.itemId();
        speaking = false;
        turnStart = Math.max(turnStart, turn.end);
        keepWhatIsNeeded();
    }

    private void onDelta(ServerEvent.TranscriptDelta delta) {
        if (!delta.itemId().equals(interimItem)) {
            forgetInterim();
            interimItem = delta.itemId();
        }
        interim.append(delta.delta());
        if (!interim.toString().isBlank()) {
            listener.onEvent(new SttEvent.Interim(interim.toString().strip()));
        }
    }

    private void onError(ServerError error) {
        boolean ofCommit = !error.eventId().isEmpty() && settle(turn -> turn.commitId.equals(error.eventId()), "");
        if (!ofCommit) {
            log.warn("OpenAI reports: {}", error.words());
        }
    }

    private boolean settle(Predicate<Turn> which, String words) {
        Optional<Turn> settled =
                turns.stream().filter(turn -> turn.words == null).filter(which).findFirst();
        settled.ifPresent(turn -> turn.words = words.strip());
        tellInOrder();
        return settled.isPresent();
    }

    private void tellInOrder() {
        Turn first = turns.peekFirst();
        while (!over && first != null && first.words != null) {
            turns.removeFirst();
            if (interimItem.equals(first.itemId)) {
                forgetInterim();
            }
            keepWhatIsNeeded();
            listener.onEvent(new SttEvent.EndOfTurn(first.words));
            first = turns.peekFirst();
        }
    }

    private void forgetInterim() {
        interim.setLength(0);
        interimItem = "";
    }

    /** From the first turn whose words have not come, or from the one that is being spoken. */
    private void keepWhatIsNeeded() {
        Turn first = turns.peekFirst();
        if (first != null) {
            audio.settle(first.start);
            audio.keepFrom(first.start);
        } else if (speaking || !serverFindsTurns) {
            audio.settle(turnStart);
            audio.keepFrom(turnStart);
        } else {
            audio.settle(turnStart);
        }
    }
}
