package io.patchcord.provider.deepgram.agent;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.S2sEvent;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes turns and responses out of the service's messages, which have no ids: a response begins with the first words or the
 * first audio of the agent and ends with AgentAudioDone, or where somebody cuts it short. Confined to the call loop.
 *
 * <p>The service ends its reply itself when the caller begins to speak. Then no more audio comes of that response, so it is
 * done; whether the caller hears the part that waits to be played is decided above, by {@link #interrupt}. What the service
 * had on its way is dropped until it speaks anew. An AgentAudioDone may belong to a reply that was ended before, and is then
 * ignored.
 */
final class AgentTurns {

    private final CallLoop loop;
    private final AudioFormat law;
    private final ConversationLog conversation;
    private final Injections injections;
    private final String greeting;
    private final Consumer<S2sEvent> out;
    private final TurnClock clock = new TurnClock();
    private Dropping dropping = Dropping.NOTHING;
    private @Nullable Response current;
    private int responses;
    private int doneToIgnore;
    private boolean callerSpeaks;

    /** What of the service's speech nobody is to hear. */
    private enum Dropping {
        NOTHING,
        /** The rest of a reply that the service has ended itself: until it speaks anew. */
        UNTIL_NEXT_WORDS,
        /** The rest of a reply that we have interrupted, and which the service goes on with: until it is done with it. */
        UNTIL_DONE
    }

    /** One answer, under an id of ours. */
    private static final class Response {

        private final String id;
        private final SpokenText spoken;
        private boolean hasText;
        private long firstAudioNanos;

        Response(String id, SpokenText spoken) {
            this.id = id;
            this.spoken = spoken;
        }

        boolean hasAudio() {
            return !spoken.audio().isZero();
        }
    }

    AgentTurns(
            CallLoop loop,
            AudioFormat law,
            ConversationLog conversation,
            Injections injections,
            String greeting,
            Consumer<S2sEvent> out) {
        this.loop = loop;
        this.law = law;
        this.conversation = conversation;
        this.injections = injections;
        this.greeting = greeting;
        this.out = out;
    }

    /** UserStartedSpeaking; true if it ended a reply. */
    boolean callerStarted() {
        boolean news = !callerSpeaks;
        callerSpeaks = true;
        dropTheRest(Dropping.UNTIL_NEXT_WORDS);
        Response ended = takeCurrent();
        if (news) {
            out.accept(new S2sEvent.SpeechStarted());
        }
        if (ended != null) {
            ended.spoken.end();
            out.accept(new S2sEvent.ResponseDone(ended.id));
        }
        return ended != null;
    }

    /**
     * ConversationText of the caller: a turn is over.
     *
     * @param lastWordNanos when its last word ended
     */
    void callerSaid(String text, long lastWordNanos) {
        if (!callerSpeaks || current != null) {
            // A turn that was not announced, or one whose answer had begun already: what is said interrupts all the
            // same.
            callerSpeaks = false;
            callerStarted();
        }
        callerSpeaks = false;
        conversation.callerSaid(text);
        out.accept(new S2sEvent.TurnEnded(lastWordNanos));
        out.accept(new S2sEvent.InputTranscript(text, true));
        clock.turnEnded(loop.nanoTime()).forEach(out);
    }

    /** The caller made a sound without a word in it. */
    void callerSaidNothing() {
        if (callerSpeaks) {
            callerSpeaks = false;
            out.accept(new S2sEvent.SpeechStopped());
        }
    }

    /** ConversationText of the agent; false if nobody is to hear it. */
    boolean agentSaid(String text) {
        Injections.Match match = injections.match(text);
        if (match == Injections.Match.NONE && dropping == Dropping.UNTIL_DONE) {
            return false;
        }
        if (match == Injections.Match.BEGIN) {
            finish();
        }
        dropTheRest(Dropping.NOTHING);
        clock.text(loop.nanoTime());
        Response response = currentOrNew();
        response.spoken.add(text);
        if (match != Injections.Match.NONE || Injections.isPart(text, greeting)) {
            response.spoken.given();
        }
        String words = response.hasText && !Character.isWhitespace(text.charAt(0)) ? " " + text : text;
        response.hasText = true;
        tellOf(response, new S2sEvent.ResponseText(response.id, words));
        return true;
    }

    /**
     * AgentStartedSpeaking.
     *
     * @param modelSeconds how long the model took for its first words; 0 if it is not known
     */
    void agentStarted(double modelSeconds) {
        if (dropping != Dropping.UNTIL_DONE) {
            dropping = Dropping.NOTHING;
            clock.modelTook(modelSeconds, loop.nanoTime());
            currentOrNew();
        }
    }

    /** Audio of the agent; false if nobody is to hear it. */
    boolean agentAudio(byte[] audio) {
        if (dropping != Dropping.NOTHING) {
            return false;
        }
        Response response = currentOrNew();
        if (!response.hasAudio()) {
            response.firstAudioNanos = loop.nanoTime();
            clock.audio(loop.nanoTime()).forEach(out);
        }
        AudioFrame frame = AudioFrame.of(law, audio);
        if (current == response) {
            response.spoken.addAudio(frame.duration());
        }
        tellOf(response, new S2sEvent.ResponseAudio(response.id, frame));
        return true;
    }

    /** AgentAudioDone: the service has sent all of a reply. False if it is one that was ended before. */
    boolean audioDone() {
        if (dropping == Dropping.UNTIL_DONE) {
            dropping = Dropping.NOTHING;
            return false;
        }
        if (doneToIgnore > 0 && (current == null || !current.hasAudio())) {
            doneToIgnore--;
            return false;
        }
        Response done = current;
        current = null;
        if (done != null) {
            done.spoken.complete();
            out.accept(new S2sEvent.ResponseDone(done.id));
        }
        return done != null;
    }

    /** The caller does not hear the rest of the response. True if the service is still sending it. */
    boolean interrupt(String responseId, Duration playedOut) {
        conversation.cut(responseId, playedOut);
        if (current == null || !current.id.equals(responseId)) {
            return false;
        }
        current = null;
        dropping = Dropping.UNTIL_DONE;
        return true;
    }

    /** The connection is lost, and with it what had not come of a response. */
    void connectionLost() {
        Response broken = takeCurrent();
        doneToIgnore = 0;
        dropping = Dropping.NOTHING;
        if (broken != null) {
            out.accept(new S2sEvent.ResponseDone(broken.id, true));
        }
    }

    boolean callerSpeaks() {
        return callerSpeaks;
    }

    /** Whether the service goes on with a reply that we have interrupted. */
    boolean isOverridden() {
        return dropping == Dropping.UNTIL_DONE;
    }

    /** Whether the service is in the middle of a reply that the caller hears. */
    boolean isAnswering() {
        return current != null;
    }

    /** How much of the current reply has come ahead of its time. */
    Duration ahead() {
        if (current == null || !current.hasAudio()) {
            return Duration.ZERO;
        }
        Duration ahead = current.spoken.audio().minusNanos(loop.nanoTime() - current.firstAudioNanos);
        return ahead.isNegative() ? Duration.ZERO : ahead;
    }

    /** The service would not speak while it hears the caller, so the caller has stopped, whatever it was that was heard. */
    private Response currentOrNew() {
        if (current != null) {
            return current;
        }
        String id = "deepgram-" + ++responses;
        Response response = new Response(id, conversation.agentSpeaks(id));
        current = response;
        callerSaidNothing();
        out.accept(new S2sEvent.ResponseStarted(id));
        return response;
    }

    /** Nothing more belongs to the current response, though the service has not said that it is done. */
    void finish() {
        Response before = takeCurrent();
        if (before != null) {
            before.spoken.complete();
            out.accept(new S2sEvent.ResponseDone(before.id));
        }
    }

    /** The reply that we have interrupted is over for us, and will be done some time. */
    private void dropTheRest(Dropping what) {
        if (dropping == Dropping.UNTIL_DONE) {
            doneToIgnore++;
        }
        dropping = what;
    }

    private @Nullable Response takeCurrent() {
        Response taken = current;
        current = null;
        if (taken != null) {
            doneToIgnore++;
        }
        return taken;
    }

    /** Nobody wants to hear of a response that was interrupted while it was told of. */
    private void tellOf(Response response, S2sEvent event) {
        if (current == response) {
            out.accept(event);
        }
    }
}
