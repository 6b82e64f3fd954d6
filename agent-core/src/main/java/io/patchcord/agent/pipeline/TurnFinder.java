package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.spi.ProviderException;
import io.patchcord.agent.turn.Endpointer;
import java.time.Duration;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes turns of what a detector finds: has the words recognised on trial at each pause, and lets the {@link Endpointer}
 * judge from them how long a silence ends the turn. Confined to the call loop.
 */
final class TurnFinder {

    private static final Duration RETRY_AFTER = Duration.ofMillis(250);

    /** So much speech without words is no noise. */
    private static final Duration CLEAR_SPEECH = Duration.ofMillis(1_200);

    /** A dip of this length is good enough to cut a long utterance at. */
    private static final Duration DIP = Duration.ofMillis(60);

    private final CallLoop loop;
    private final CascadeSettings settings;
    private final SpeechDetector detector;
    private final Recognition recognition;
    private final LongUnaryOperator endOfSpeech;
    private final Supplier<String> agentSaid;
    private final TurnListener listener;
    private final Endpointer endpointer;
    private @Nullable Utterance utterance;
    private boolean overlong;
    private CallLoop.@Nullable Timer retry;

    /**
     * @param endOfSpeech from where the detector saw speech end to when its last word was received
     * @param agentSaid the agent's last words
     */
    TurnFinder(
            CallLoop loop,
            CascadeSettings settings,
            SpeechDetector detector,
            Recognition recognition,
            LongUnaryOperator endOfSpeech,
            Supplier<String> agentSaid,
            TurnListener listener) {
        this.loop = loop;
        this.settings = settings;
        this.detector = detector;
        this.recognition = recognition;
        this.endOfSpeech = endOfSpeech;
        this.agentSaid = agentSaid;
        this.listener = listener;
        this.endpointer = new Endpointer(settings.waits());
    }

    /** Looks at what the detector made of one more window. */
    void onWindow(SpeechDetector.Change change) {
        if (change == SpeechDetector.Change.STARTED) {
            speechStarted();
        } else if (change == SpeechDetector.Change.PAUSED) {
            paused();
        }
        Utterance current = utterance;
        if (current == null) {
            recognition.forgetBefore(
                    detector.judgedUpTo() - settings.preRoll().plusSeconds(1).toNanos());
        } else if (detector.isSpeaking() && !overlong) {
            cutIfLong(current);
        } else {
            judge();
        }
    }

    void close() {
        stopRetry();
        if (utterance != null) {
            utterance.abandon();
        }
        utterance = null;
    }

    private void speechStarted() {
        Utterance current = utterance;
        if (current == null) {
            long start = detector.speechStart();
            utterance =
                    new Utterance(start, Math.max(0, start - settings.preRoll().toNanos()));
        } else if (!overlong) {
            resume(current);
        }
        listener.onSpeechStarted();
    }

    private void resume(Utterance current) {
        stopRetry();
        if (current.isLikelyTold()) {
            listener.onTurnResumed();
        }
        long start = detector.speechStart();
        if (recognition.keepsParts() || isLong(current, start)) {
            // The next part begins in the silence before it, of which the recogniser wants as much as there is.
            current.fixTrial(
                    Math.max(current.speechEnd(), start - settings.preRoll().toNanos()));
        } else {
            current.dropTrial();
        }
    }

    private void paused() {
        Utterance current = utterance;
        if (current != null && !overlong) {
            noteSpeech(current);
            tryOut(current);
        }
        listener.onSpeechStopped();
    }

    private void noteSpeech(Utterance current) {
        long end = detector.lastSpeechEnd();
        current.addSpeech(detector.spoken(), end, endOfSpeech.applyAsLong(end));
    }

    private void tryOut(Utterance current) {
        if (isSpeech(current)) {
            current.tryOut(recognition.recognize(current.openFrom(), detector.judgedUpTo(), this::judge));
        }
    }

    /** Speech that goes on for long is recognised in parts, cut where the voice dips; and no turn goes on for ever. */
    private void cutIfLong(Utterance current) {
        long end = detector.judgedUpTo();
        if (end - current.start() > settings.longestTurn().toNanos()) {
            overlong = true;
            noteSpeech(current);
            current.fix(recognition.recognize(current.openFrom(), end, this::judge), end);
        } else if (isLong(current, end) && (detector.silence() >= DIP.toNanos() || isTooLong(current, end))) {
            current.fix(recognition.recognize(current.openFrom(), end, this::judge), end);
        }
    }

    /** Decides what becomes of the utterance while the caller is silent. */
    private void judge() {
        Utterance current = utterance;
        if (current == null || (!overlong && (detector.isSpeaking() || detector.mayBeBeginning()))) {
            return;
        }
        if (!isSpeech(current)) {
            dropIfSilentFor(settings.waits().complete(), current);
        } else if (current.isSettled()) {
            judgeWords(current);
        }
    }

    private void judgeWords(Utterance current) {
        String text = current.text();
        ProviderException error = current.error();
        if (retry != null) {
            return;
        }
        // A stream hears again by itself.
        boolean again = settings.recognisesAgain() && !recognition.keepsParts();
        if (error != null && again && current.mayRetry()) {
            retry = loop.schedule(RETRY_AFTER, () -> retry(current));
        } else if (error != null) {
            // Half a question is none, whatever words there are.
            end();
            listener.onTurnLost(error);
        } else if (!text.isEmpty()) {
            endOrWait(current, text);
        } else {
            dropIfSilentFor(settings.waits().complete(), current);
        }
    }

    private void retry(Utterance current) {
        retry = null;
        if (current == utterance) {
            current.retry((from, to) -> recognition.recognize(from, to, this::judge), detector.judgedUpTo());
        }
    }

    private void endOrWait(Utterance current, String text) {
        Duration wait = endpointer.silenceAfter(text, agentSaid.get());
        if (overlong || isSilentFor(wait)) {
            Turn turn = turn(current, text);
            end();
            listener.onTurn(turn);
        } else if (wait.compareTo(settings.waits().complete()) <= 0 && current.mayTellLikely()) {
            listener.onLikelyTurn(turn(current, text));
        }
    }

    private Turn turn(Utterance current, String text) {
        return new Turn(text, current.speechEndNanos(), current.settledAtNanos());
    }

    private void dropIfSilentFor(Duration wait, Utterance current) {
        if (overlong || isSilentFor(wait)) {
            end();
            listener.onNothingUnderstood(current.spoken() >= CLEAR_SPEECH.toNanos());
        }
    }

    private void end() {
        Utterance ended = utterance;
        stopRetry();
        utterance = null;
        if (overlong && ended != null && detector.isSpeaking()) {
            // The caller never paused: what was said meanwhile begins the next turn.
            utterance = new Utterance(detector.judgedUpTo(), ended.openFrom());
        }
        overlong = false;
    }

    private void stopRetry() {
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
    }

    private boolean isSpeech(Utterance current) {
        return current.spoken() >= settings.shortestSpeech().toNanos();
    }

    /** Half a window too early is nearer than half a window too late. */
    private boolean isSilentFor(Duration wait) {
        return detector.silence() + detector.windowLength() / 2 >= wait.toNanos();
    }

    private boolean isLong(Utterance current, long end) {
        return end - current.openFrom() >= settings.longestPart().toNanos();
    }

    private boolean isTooLong(Utterance current, long end) {
        return end - current.openFrom() >= settings.longestPart().toNanos() * 3 / 2;
    }
}
