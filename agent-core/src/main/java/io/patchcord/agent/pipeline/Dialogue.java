package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.spi.S2sEvent;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Decides what is answered to what the caller says or does not say: two utterances of which the first was not answered yet
 * are one turn, a noise lets the answer go on that it held up, and what was lost is apologized for. Confined to the call
 * loop.
 */
final class Dialogue implements TurnListener {

    /** What one says to show that one listens; no turn while the agent speaks. */
    private static final Set<String> BACKCHANNELS = Set.of(
            "mhm", "mm", "mm-hmm", "mmhmm", "uh-huh", "uh huh", "hm", "hmm", "right", "okay", "ok", "yeah", "i see",
            "aha", "ah", "oh");

    private final CallLoop loop;
    private final CascadeSettings settings;
    private final History history;
    private final Responses responses;
    private final Answers answers;
    private final Troubles troubles;
    private final Consumer<S2sEvent> out;

    Dialogue(
            CallLoop loop,
            CascadeSettings settings,
            History history,
            Responses responses,
            Answers answers,
            Troubles troubles,
            Consumer<S2sEvent> out) {
        this.loop = loop;
        this.settings = settings;
        this.history = history;
        this.responses = responses;
        this.answers = answers;
        this.troubles = troubles;
        this.out = out;
    }

    @Override
    public void onSpeechStarted() {
        out.accept(new S2sEvent.SpeechStarted());
        answers.hold();
    }

    @Override
    public void onSpeechStopped() {
        out.accept(new S2sEvent.SpeechStopped());
    }

    @Override
    public void onInterim(String text) {
        out.accept(new S2sEvent.InputTranscript(text, false));
    }

    @Override
    public void onLikelyTurn(Turn turn) {
        onInterim(turn.text());
        if (settings.prepareAnswers() && !isBackchannel(turn.text())) {
            answers.discardUnheard();
            answers.dropPrepared();
            answers.prepare(history.withUnanswered(turn.text()), history.itemsWith(turn.text()));
        }
    }

    @Override
    public void onTurnResumed() {
        answers.dropPrepared();
    }

    @Override
    public void onTurn(Turn turn) {
        troubles.worked(Troubles.Source.HEARING);
        if (isBackchannel(turn.text())) {
            out.accept(new S2sEvent.InputTranscript(turn.text(), true));
            answers.release();
            return;
        }
        answers.discardUnheard();
        out.accept(new S2sEvent.TurnEnded(turn.speechEndNanos()));
        out.accept(new S2sEvent.InputTranscript(turn.text(), true));
        TurnMarks marks = new TurnMarks(out, loop.nanoTime());
        marks.mark(S2sEvent.Stage.TRANSCRIPT, turn.transcriptNanos());
        String question = history.callerSaid(turn.text());
        if (!answers.usePrepared(question, marks)) {
            answers.answer(marks);
        }
    }

    /** The caller has said this without his voice, by keys. */
    void onTyped(String text) {
        onSpeechStarted();
        onTurn(new Turn(text, loop.nanoTime(), loop.nanoTime()));
    }

    /** A key: if the model acts upon it by itself it is a turn without words; false if the model does not. */
    boolean onKey(char digit) {
        if (!answers.takesKey(digit)) {
            return false;
        }
        long now = loop.nanoTime();
        out.accept(new S2sEvent.SpeechStarted());
        out.accept(new S2sEvent.TurnEnded(now));
        answers.answer(new TurnMarks(out, now));
        return true;
    }

    @Override
    public void onNothingUnderstood(boolean clear) {
        answers.dropPrepared();
        if (answers.release() || !responses.isIdle()) {
            return;
        }
        if (history.hasUnanswered()) {
            answers.answer(null);
        } else if (responses.wasInterrupted() || (clear && !responses.isBeingHeard())) {
            responses.apologize(troubles.notUnderstood());
        }
    }

    @Override
    public void onTurnLost(ProviderException error) {
        answers.dropPrepared();
        answers.release();
        responses.apologize(troubles.failed(Troubles.Source.HEARING, error));
    }

    @Override
    public void onDeaf(ProviderException error) {
        answers.dropPrepared();
        answers.release();
        responses.apologize(troubles.failedForGood(Troubles.Source.HEARING, error));
    }

    private boolean isBackchannel(String text) {
        return responses.isBeingHeard()
                && BACKCHANNELS.contains(
                        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z -]", "").strip());
    }
}
