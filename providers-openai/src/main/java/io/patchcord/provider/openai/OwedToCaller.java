package io.patchcord.provider.openai;

import io.patchcord.provider.openai.ResponseRequests.Request;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What the caller is still to hear: sentences that were given, and an answer to the conversation. Confined to the call loop. */
final class OwedToCaller {

    private final Deque<String> sentences = new ArrayDeque<>();
    private boolean answer;
    private boolean answerLater;

    void sentence(String text) {
        sentences.addLast(text);
    }

    void sentenceBeforeAll(String text) {
        sentences.addFirst(text);
    }

    /**
     * The conversation awaits an answer.
     *
     * @param later whether an answer is asked for already, which will not be one to this
     */
    void answer(boolean later) {
        answerLater = answerLater || later;
        answer = answer || !later;
    }

    /** An answer begins. */
    void answered() {
        answer = false;
    }

    /** Nothing is asked for any more: what has become owed since then is due. */
    void settled() {
        answer = answer || answerLater;
        answerLater = false;
    }

    /** No answer is wanted any more. */
    void forgive() {
        answer = false;
        answerLater = false;
    }

    /** What was asked for did not come. */
    void putBack(Request request) {
        String sentence = request.sentence();
        if (sentence == null) {
            answer = true;
        } else {
            sentences.addFirst(sentence);
        }
    }

    boolean isNothing() {
        return sentences.isEmpty() && !answer && !answerLater;
    }

    /**
     * What is to be asked for next; null if there is nothing now. A sentence is not owed any more, an answer is until it begins.
     *
     * @param callerSpeaks whether an answer has to wait
     */
    @Nullable
    Request next(boolean callerSpeaks) {
        String sentence = sentences.poll();
        if (sentence != null) {
            return new Request(sentence, true);
        }
        return answer && !callerSpeaks ? Request.ANSWER : null;
    }

    void clear() {
        sentences.clear();
        forgive();
    }
}
