package io.patchcord.provider.openai;

import io.patchcord.agent.spi.S2sEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The caller's turns, as the server finds them or as we do: tells when speech begins and ends and when a turn is over, and
 * keeps the audio of a turn as long as the server may lose it. Places are those of {@link CallerAudio}. Confined to the call
 * loop.
 */
final class CallerTurns {

    private static final Logger log = LoggerFactory.getLogger(CallerTurns.class);

    private final String callId;
    private final CurrentLink link;
    private final CallerAudio audio;
    private final Conversation conversation;
    private final ResponseRequests requests;
    private final LateItems late;
    private final TurnMarks marks;
    private final CallerWords words;
    private final TurnDetection detection;
    private final Consumer<S2sEvent> out;
    /** The audio of turns that we have ended and the server has not acknowledged. */
    private final Deque<byte[]> committed = new ArrayDeque<>();

    private boolean speaking;
    private boolean inTurn;
    private boolean unfinished;
    private long turnStart;
    private long turnEnd;
    private int typed;

    CallerTurns(
            String callId,
            CurrentLink link,
            CallerAudio audio,
            Conversation conversation,
            ResponseRequests requests,
            LateItems late,
            TurnMarks marks,
            CallerWords words,
            TurnDetection detection,
            Consumer<S2sEvent> out) {
        this.callId = callId;
        this.link = link;
        this.audio = audio;
        this.conversation = conversation;
        this.requests = requests;
        this.late = late;
        this.marks = marks;
        this.words = words;
        this.detection = detection;
        this.out = out;
    }

    /** Takes an event that is about the caller; false for any other. */
    boolean hear(ServerEvent event) {
        if (event instanceof ServerEvent.SpeechStarted speech) {
            started(audio.place(speech.audioStartMs()));
        } else if (event instanceof ServerEvent.SpeechStopped speech) {
            onStopped(audio.place(speech.audioEndMs()));
        } else if (event instanceof ServerEvent.Committed item) {
            onCommitted(item.itemId());
        } else if (event instanceof ServerEvent.TranscriptDelta delta) {
            words.add(delta.itemId(), delta.delta());
        } else if (event instanceof ServerEvent.TranscriptCompleted completed) {
            conversation.callerSaid(completed.itemId(), completed.transcript());
            words.complete(completed.itemId(), completed.transcript());
        } else if (event instanceof ServerEvent.TranscriptFailed failed) {
            log.warn("[{}] OpenAI has no transcript: {}", callId, failed.error().words());
            words.complete(failed.itemId(), "");
        } else {
            return false;
        }
        return true;
    }

    /** The caller began to speak there. */
    void started(long place) {
        requests.callerSpeaks();
        turnStart = inTurn ? Math.min(turnStart, place) : place;
        audio.keepFrom(turnStart);
        inTurn = true;
        if (!speaking) {
            speaking = true;
            out.accept(new S2sEvent.SpeechStarted());
        }
    }

    /** The caller fell silent there; the turn may not be over. */
    void paused(long place) {
        turnEnd = place;
        stopSpeaking();
    }

    /** The turn is over by our own judgement: the server is to make an item of it, and an answer. */
    void commit() {
        committed.addLast(audio.between(turnStart, turnEnd));
        link.send(ClientEvents.commit());
        endTurn();
        requests.turnEnded(false);
    }

    /**
     * The caller has said this without his voice: a turn of its own, or a part of the one that he is speaking.
     *
     * @param nowNanos by the loop's clock
     */
    void typed(String text, long nowNanos) {
        boolean alone = !inTurn;
        if (alone) {
            out.accept(new S2sEvent.SpeechStarted());
            out.accept(new S2sEvent.TurnEnded(nowNanos));
            marks.turnEnded();
        }
        out.accept(new S2sEvent.InputTranscript(text, true));
        conversation.callerTyped(text);
        if (link.isThere()) {
            String id = Items.OURS + "typed_" + ++typed;
            late.sent(id);
            link.send(ClientEvents.create(Items.caller(text).put("id", id)));
        }
        if (alone) {
            requests.owe();
        }
    }

    /** A response begins: if the server has not told that the turn is over which it answers, it is over now. */
    void responseBegins() {
        if (inTurn && !speaking && detection.serverAnswers()) {
            endTurn();
        }
    }

    /** There is no session any more: what the caller is saying is heard by the next one from its beginning. */
    void lost() {
        words.lost();
        if (detection.serverAnswers()) {
            unfinished = unfinished || inTurn;
            stopSpeaking();
            inTurn = false;
        }
    }

    /** There is another session: it is given the turns first that it has to answer. */
    void recommit() {
        for (byte[] turn : committed) {
            link.sendAudio(turn);
            link.send(ClientEvents.commit());
        }
    }

    /** The other session hears the audio since the last turn now. */
    void goOn() {
        if (unfinished) {
            unfinished = false;
            requests.expectTurn();
        } else if (inTurn) {
            requests.callerSpeaks();
        }
    }

    /** Whether the caller is in the middle of something, or it is not known yet what was said. */
    boolean isBusy() {
        return speaking || inTurn || !committed.isEmpty() || words.isAwaited();
    }

    /** The server is about to make a turn of it. */
    private void onStopped(long place) {
        paused(place);
        if (inTurn) {
            requests.turnEnded(true);
        }
    }

    private void onCommitted(String itemId) {
        byte[] ours = committed.pollFirst();
        if (ours != null) {
            conversation.callerSpoke(itemId, ours);
            words.await(itemId);
            return;
        }
        boolean spoke = inTurn;
        if (speaking) {
            turnEnd = audio.end();
        }
        conversation.callerSpoke(itemId, spoke ? audio.between(turnStart, turnEnd) : new byte[0]);
        if (spoke) {
            words.await(itemId);
            endTurn();
        }
        // Without speech it is the silence that the server was told to react to.
        requests.turnEnded(true);
    }

    private void endTurn() {
        stopSpeaking();
        inTurn = false;
        long end = Math.max(turnStart, turnEnd - detection.silence().toMillis() * audio.bytesPerMs());
        long heardAt = audio.lastWordBefore(end, detection.lateness());
        audio.settle(turnEnd);
        out.accept(new S2sEvent.TurnEnded(heardAt));
        marks.turnEnded();
    }

    private void stopSpeaking() {
        if (speaking) {
            speaking = false;
            out.accept(new S2sEvent.SpeechStopped());
        }
    }
}
