package io.patchcord.provider.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchcord.agent.loop.CallLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks for responses, one at a time, since the server refuses a second one. Mostly it need not ask: the server answers a turn
 * by itself, unless a response was being made when the turn ended. So an answer is <em>owed</em> from the end of a turn, and
 * from a tool's result, until a response begins; and when none does, it is asked for. What becomes owed after a request was
 * sent is not in front of the model that answers it, and stays owed. Confined to the call loop.
 */
final class ResponseRequests {

    /** The server begins to answer with the end of the turn itself; this is for one that does not. */
    private static final Duration SERVER_ANSWERS_WITHIN = Duration.ofSeconds(2);

    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);
    private static final int MOST_FAILURES = 2;

    private final CurrentLink link;
    private final Duration limit;
    private final Owner owner;
    private final OwedToCaller owed = new OwedToCaller();
    private final Patience server;
    private final Patience pause;
    private final Patience stall;
    private @Nullable Sent sent;
    private boolean busy;
    private boolean givesBackIds;
    private boolean callerSpeaks;
    private int failures;
    private int lastId;

    /** Hears of what cannot go on like this. */
    interface Owner {

        /** Nothing comes that was asked for. */
        void stalled();

        /** Responses fail one after the other. */
        void failing(ServerError error);
    }

    /**
     * What a response answers.
     *
     * @param sentence to be said word for word; null for an answer to the conversation
     * @param asked false if the server answers by itself
     */
    record Request(@Nullable String sentence, boolean asked) {

        static final Request ANSWER = new Request(null, true);
        static final Request BY_ITSELF = new Request(null, false);

        boolean isAnswer() {
            return sentence == null;
        }
    }

    private record Sent(String requestId, String eventId, Request request) {}

    ResponseRequests(CallLoop loop, CurrentLink link, Duration limit, Owner owner) {
        this.link = link;
        this.limit = limit;
        this.owner = owner;
        this.server = new Patience(loop, this::next);
        this.pause = new Patience(loop, this::next);
        this.stall = new Patience(loop, owner::stalled);
    }

    void say(String sentence) {
        owed.sentence(sentence);
        next();
    }

    /** The rest of a sentence that broke off. */
    void sayBeforeAll(String sentence) {
        owed.sentenceBeforeAll(sentence);
        next();
    }

    /** The conversation awaits an answer. */
    void owe() {
        owed.answer(isAnswerRequested());
        next();
    }

    /** What was owed is not wanted any more. */
    void forgive() {
        owed.forgive();
    }

    /** The caller speaks: the end of the turn will bring an answer to all that awaits one. */
    void callerSpeaks() {
        callerSpeaks = true;
    }

    /** The caller was speaking when the session was lost: the next one will notice that soon, and hear the end of it. */
    void expectTurn() {
        server.wind(SERVER_ANSWERS_WITHIN);
    }

    /**
     * The caller's turn is over.
     *
     * @param serverAnswers whether the server does that by itself if it can; it has told of the turn's end before it took what
     *     was asked for meanwhile
     */
    void turnEnded(boolean serverAnswers) {
        callerSpeaks = false;
        owed.answer(!serverAnswers && isAnswerRequested());
        if (serverAnswers && !busy && sent == null) {
            server.wind(SERVER_ANSWERS_WITHIN);
        }
        next();
    }

    /**
     * A response begins.
     *
     * @param requestId that the server gives back; empty if it gives none, null if it did not tell of the beginning
     * @return what it answers
     */
    Request begun(@Nullable String requestId) {
        Sent asked = sent;
        busy = true;
        stall.wind(limit);
        boolean ours = asked != null && isAnswerTo(asked, requestId);
        Request request = asked != null && ours ? asked.request : Request.BY_ITSELF;
        if (request.isAnswer()) {
            server.stop();
            owed.answered();
        }
        if (ours) {
            settle();
        }
        return request;
    }

    /** A server that gives back no id may still mean ours, unless it is known to give them back. */
    private boolean isAnswerTo(Sent asked, @Nullable String requestId) {
        if (asked.requestId.equals(requestId)) {
            givesBackIds = true;
            return true;
        }
        boolean unnamed = requestId == null || (requestId.isEmpty() && !givesBackIds);
        return unnamed && !server.isRunning();
    }

    /** More of the response came. */
    void goesOn() {
        if (busy) {
            stall.wind(limit);
        }
    }

    /** The response is over, as far as the server is concerned. */
    void ended(boolean worked) {
        busy = false;
        failures = worked ? 0 : failures;
        if (sent == null) {
            stall.stop();
        } else {
            stall.wind(limit);
        }
        next();
    }

    /** A response failed; false if it is not worth another try, of which the owner hears. */
    boolean mayTryAgain(ServerError error) {
        failures++;
        if (Trouble.isLasting(error) || failures >= MOST_FAILURES) {
            owner.failing(error);
            return false;
        }
        pause.wind(AGAIN_AFTER);
        return true;
    }

    /** An error of the server's; false if it is about something else. */
    boolean refused(ServerError error) {
        boolean busyElsewhere = error.code().equals("conversation_already_has_active_response");
        Sent asked = sent;
        if (asked != null && asked.eventId.equals(error.eventId())) {
            settle();
            onRefused(asked.request, error, busyElsewhere);
            return true;
        }
        if (busyElsewhere) {
            // The server's own answer to a turn, for which a response was in the way.
            server.stop();
            next();
        }
        return busyElsewhere;
    }

    private void onRefused(Request request, ServerError error, boolean busyElsewhere) {
        if (busy) {
            // A response has begun meanwhile, and answers what this one would have.
            if (!request.isAnswer()) {
                owed.putBack(request);
            }
            return;
        }
        stall.stop();
        owed.putBack(request);
        if (busyElsewhere) {
            pause.wind(AGAIN_AFTER);
        } else {
            mayTryAgain(error);
        }
    }

    /** There is no session any more. What was asked for is asked of the next one. */
    void lost() {
        if (sent != null) {
            owed.putBack(sent.request);
            settle();
        }
        busy = false;
        callerSpeaks = false;
        server.stop();
        pause.stop();
        stall.stop();
    }

    boolean isIdle() {
        return owed.isNothing() && !busy && sent == null;
    }

    void close() {
        lost();
        owed.clear();
    }

    /** Asks for what is next, if anything is, and if it can be asked for now. */
    void next() {
        if (!link.isThere() || busy || sent != null || pause.isRunning() || server.isRunning()) {
            return;
        }
        Request request = owed.next(callerSpeaks);
        if (request != null) {
            ask(request);
        }
    }

    private void ask(Request request) {
        String sentence = request.sentence();
        String id = (sentence == null ? "answer_" : "say_") + ++lastId;
        ObjectNode event = sentence == null ? ClientEvents.answer(id) : ClientEvents.say(id, sentence);
        stall.wind(limit);
        sent = new Sent(id, link.send(event), request);
    }

    private boolean isAnswerRequested() {
        return sent != null && sent.request.isAnswer();
    }

    /** Nothing is asked for any more; what has become owed since then is due. */
    private void settle() {
        sent = null;
        owed.settled();
    }
}
