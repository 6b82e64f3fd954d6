package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.spi.ConversationItem;
import io.patchcord.agent.spi.LlmSession;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.S2sEvent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The responses whose text the model makes: asks it, lets an answer be prepared or kept back, sends its tool calls out and
 * has it go on with their results. Confined to the call loop.
 */
final class Answers implements Answer.Listener {

    private final CallLoop loop;
    private final CascadeSettings.Deadlines deadlines;
    private final LlmSession model;
    private final Responses responses;
    private final History history;
    private final Troubles troubles;
    private @Nullable Response latest;
    private @Nullable Response held;
    private @Nullable Prepared prepared;

    /** An answer to what is not yet a turn. */
    private record Prepared(String question, Response response) {}

    Answers(
            CallLoop loop,
            CascadeSettings.Deadlines deadlines,
            LlmSession model,
            Responses responses,
            History history,
            Troubles troubles) {
        this.loop = loop;
        this.deadlines = deadlines;
        this.model = model;
        this.responses = responses;
        this.history = history;
        this.troubles = troubles;
    }

    /** Answers the history as it will be when the voice is free. */
    void answer(@Nullable TurnMarks marks) {
        responses.whenFree(() -> {
            Response response = responses.create();
            response.marks(marks);
            ask(response, history.items());
            latest = response;
            responses.begin(response);
        });
    }

    /** Begins an answer to what would await one if the turn were over now. Nothing of it is told yet. */
    void prepare(String question, List<ConversationItem> items) {
        if (responses.isIdle()) {
            Response response = responses.create();
            prepared = new Prepared(question, response);
            ask(response, items);
        }
    }

    /** Lets the prepared answer be heard, if it is one to this question; false if there is none. */
    boolean usePrepared(String question, TurnMarks marks) {
        Prepared ready = prepared;
        if (ready == null || ready.response.isStopped() || !ready.question.equals(question)) {
            dropPrepared();
            return false;
        }
        prepared = null;
        Response response = ready.response;
        latest = response;
        response.marks(marks);
        Answer answer = response.answer();
        if (answer != null) {
            answer.firstTextNanos().ifPresent(at -> marks.mark(S2sEvent.Stage.FIRST_TEXT, at));
        }
        responses.begin(response);
        goOnAfterTools(response);
        responses.next();
        return true;
    }

    void dropPrepared() {
        Prepared ready = prepared;
        prepared = null;
        if (ready != null && !ready.response.isStopped()) {
            discard(ready.response);
        }
    }

    /** Keeps back the answer of which nothing was heard yet. */
    void hold() {
        Response response = unheard();
        if (response != null) {
            held = response;
            response.gate().close();
        }
    }

    /** Lets the answer go that was kept back; false if there is none. */
    boolean release() {
        Response response = held;
        held = null;
        if (response == null || response.isStopped()) {
            return false;
        }
        response.gate().open();
        goOnAfterTools(response);
        responses.next();
        return true;
    }

    /** Takes back the answer of which nothing was heard yet. */
    void discardUnheard() {
        held = null;
        Response response = unheard();
        if (response != null) {
            discard(response);
        }
    }

    /** Whether the model acts upon the key. Then no more of what is being said is made, and the model is to be asked now. */
    boolean takesKey(char digit) {
        // Before the model hears of the key, which it would forget with what it takes back.
        dropPrepared();
        if (!model.onDtmf(digit)) {
            return false;
        }
        settleLatest();
        release();
        Response current = responses.current();
        if (current != null && !current.isOver()) {
            responses.cutShort(current);
        }
        return true;
    }

    private void settleLatest() {
        Answer answer = latest == null ? null : latest.answer();
        if (answer != null) {
            answer.settle();
        }
        latest = null;
    }

    void toolResult(String callId, String result) {
        Response response = responses.toolReturned(callId, result);
        if (response != null) {
            goOnAfterTools(response);
        }
    }

    @Override
    public void onFirstText(Response response, long atNanos) {
        TurnMarks marks = response.marks();
        if (marks != null) {
            marks.mark(S2sEvent.Stage.FIRST_TEXT, atNanos);
        }
    }

    @Override
    public void onToolCall(Response response, String callId, String name, Map<String, Object> arguments) {
        response.callTool(new S2sEvent.ToolCall(callId, name, arguments));
    }

    @Override
    public void onAnswered(Response response, boolean empty) {
        troubles.worked(Troubles.Source.MODEL);
        if (!empty) {
            response.endText();
            goOnAfterTools(response);
        } else if (isPrepared(response)) {
            dropPrepared();
        } else {
            response.apologize(troubles.notUnderstood());
        }
    }

    @Override
    public void onAnswerFailed(Response response, ProviderException error) {
        if (isPrepared(response)) {
            // It is asked again if the turn is over, and counts then.
            dropPrepared();
            return;
        }
        response.apologize(troubles.failed(Troubles.Source.MODEL, error));
    }

    private void ask(Response response, List<ConversationItem> items) {
        Answer answer = new Answer(loop, deadlines, response, this);
        response.answer(answer);
        answer.ask(model, items);
    }

    private void discard(Response response) {
        Answer answer = response.answer();
        if (answer != null) {
            answer.discard();
        }
        responses.drop(response);
    }

    /** When all tools have answered, and nothing newer was asked, the model goes on. */
    private void goOnAfterTools(Response response) {
        Answer answer = response.answer();
        boolean complete = answer != null && answer.isComplete() && response.hasCalledTools();
        boolean current = response == latest && !response.isStopped();
        if (complete && current && !responses.hasOpenCalls(response)) {
            latest = null;
            answer(null);
        }
    }

    /** The answer that was begun last, as long as all of it can be taken back. */
    private @Nullable Response unheard() {
        Response response = latest;
        boolean revocable = response != null
                && response == responses.current()
                && response.gate().isUnfinished()
                && !response.gate().isAudible()
                && !response.hasCalledTools();
        return revocable ? response : null;
    }

    private boolean isPrepared(Response response) {
        return prepared != null && prepared.response == response;
    }
}
