package io.patchcord.agent.pipeline;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.spi.StreamingSttEngine;
import io.patchcord.agent.spi.SttEvent;
import io.patchcord.agent.spi.VadEngine;
import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Listens with a streaming recogniser that finds the ends of turns itself. A detector beside it says when speech begins and
 * pauses, if there is one; otherwise loudness says when the last word ended, and the recogniser all else. A turn that the
 * recogniser does not end is ended some seconds after the caller's last word. When the recogniser's stream breaks in a turn and
 * another is opened, that one hears the turn from its beginning. Confined to the call loop.
 */
final class StreamingListening implements Listening {

    /** After the caller's last words the recogniser has this long to end the turn. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(6);

    /** What sounded like speech and has brought no words so long after it was none. */
    private static final Duration LONGEST_WITHOUT_WORDS = Duration.ofSeconds(2);

    /** The first words come no later than this after they were said. */
    private static final Duration MOST_BEFORE_WORDS = Duration.ofSeconds(2);

    /** So much speech without words is no noise, where a detector tells speech from noise. */
    private static final Duration CLEAR_SPEECH = Duration.ofMillis(1_200);

    private final CallLoop loop;
    private final TurnListener listener;
    private final Duration longestTurn;
    private final boolean detectorTells;
    private final DetectedSpeech speech;
    private final SpeechDetector detector;
    private final LastingAudio audio;
    private final SttStream stream;
    private StringJoiner finals = new StringJoiner(" ");
    private String interim = "";
    private CallLoop.@Nullable Timer patience;
    private long lastWordNanos;
    private long turnStartNanos;
    private boolean speaking;
    private boolean inTurn;
    /** The words of the last turn were given before the recogniser ended it. */
    private boolean given;

    private boolean closed;

    StreamingListening(
            CallLoop loop,
            CascadeSettings settings,
            StreamingSttEngine engine,
            String language,
            Optional<VadEngine> vadEngine,
            TurnListener listener) {
        this.loop = loop;
        this.listener = listener;
        this.longestTurn = settings.longestTurn();
        this.detectorTells = vadEngine.isPresent();
        VadEngine ears = vadEngine.orElseGet(LoudnessVad::new);
        try (Opening opening = new Opening()) {
            this.speech = new DetectedSpeech(loop, settings, ears, this::onWindow);
            this.detector = speech.detector();
            opening.onFailure(speech::close);
            this.audio = new LastingAudio(loop, this::pass);
            this.stream = new SttStream(
                    engine,
                    loop,
                    language,
                    settings.mostStreamFailures(),
                    this::onEvent,
                    listener::onDeaf,
                    audio::hearAgain);
            opening.succeeded();
        }
    }

    @Override
    public void accept(AudioFrame frame) {
        if (!closed) {
            speech.accept(frame);
            audio.accept(frame);
        }
    }

    private void pass(AudioFrame frame) {
        stream.sendAudio(frame);
    }

    @Override
    public void close() {
        closed = true;
        stopPatience();
        speech.close();
        audio.close();
        stream.close();
    }

    private void onWindow(SpeechDetector.Change change) {
        if (change == SpeechDetector.Change.PAUSED) {
            lastWordNanos = speech.lastWordNanos(detector.lastSpeechEnd());
            if (inTurn && wordsSoFar().isEmpty()) {
                waitForEnd();
            }
        }
        if (change == SpeechDetector.Change.STARTED && !inTurn) {
            soundBegan();
        }
        if (!detectorTells) {
            return;
        }
        if (change == SpeechDetector.Change.STARTED) {
            speechStarted();
        } else if (change == SpeechDetector.Change.PAUSED) {
            speechStopped();
        }
    }

    /** Long before its words are told, perhaps. What was before it was no turn. */
    private void soundBegan() {
        audio.settled(false);
        audio.speechStarted();
    }

    private void onEvent(SttEvent event) {
        if (event instanceof SttEvent.SpeechStarted) {
            speechStarted();
        } else if (event instanceof SttEvent.Interim words) {
            onInterim(words.text());
        } else if (event instanceof SttEvent.Final words) {
            onFinal(words.text());
        } else if (event instanceof SttEvent.EagerEndOfTurn likely) {
            onLikelyTurn(likely.text());
        } else if (event instanceof SttEvent.TurnResumed) {
            listener.onTurnResumed();
            speechStarted();
        } else if (event instanceof SttEvent.EndOfTurn end) {
            onEndOfTurn(end.text());
        } else if (event instanceof SttEvent.Failed) {
            onFailed();
        } else {
            throw new AssertionError(event);
        }
    }

    private void onInterim(String text) {
        if (!text.isBlank() && !text.equals(interim)) {
            interim = text;
            hearWords();
            listener.onInterim(wordsSoFar());
        }
    }

    private void onFinal(String text) {
        if (!text.isBlank()) {
            finals.add(text);
            interim = "";
            hearWords();
        }
    }

    private void hearWords() {
        given = false;
        if (!inTurn) {
            speechStarted();
        }
        waitForEnd();
    }

    private void onLikelyTurn(String text) {
        if (!text.isBlank()) {
            speechStopped();
            listener.onLikelyTurn(turn(text));
        }
    }

    private void onEndOfTurn(String text) {
        if (given) {
            given = false;
            return;
        }
        boolean wasInTurn = inTurn;
        if (!text.isBlank() && !wasInTurn) {
            speechStarted();
        }
        endTurn();
        if (!text.isBlank()) {
            listener.onTurn(turn(text));
        } else if (wasInTurn) {
            listener.onNothingUnderstood(false);
        }
    }

    private void onFailed() {
        boolean wasInTurn = inTurn;
        if (!wasInTurn && !detector.isSpeaking()) {
            audio.settled(false);
        }
        audio.deaf();
        if (wasInTurn && stream.goesOn()) {
            // Its words come again, from whoever hears it again.
            forgetWords();
            listener.onTurnResumed();
            waitForEnd();
            return;
        }
        // If it was the last stream, whoever is told that nothing is heard any more knows that the turn is lost.
        endTurn();
    }

    private void speechStarted() {
        if (!speaking) {
            speaking = true;
            given = false;
            turnStartNanos = inTurn ? turnStartNanos : loop.nanoTime();
            inTurn = true;
            audio.speechStarted();
            waitForEnd();
            listener.onSpeechStarted();
        }
    }

    private void speechStopped() {
        if (speaking) {
            speaking = false;
            listener.onSpeechStopped();
        }
    }

    private void endTurn() {
        stopPatience();
        speechStopped();
        inTurn = false;
        audio.turnEnded();
        audio.settled(false);
        forgetWords();
    }

    private void forgetWords() {
        finals = new StringJoiner(" ");
        interim = "";
    }

    private void waitForEnd() {
        stopPatience();
        patience = loop.schedule(
                wordsSoFar().isEmpty() ? LONGEST_WITHOUT_WORDS : LONGEST_SILENCE, this::loseOrKeepPatience);
    }

    private void loseOrKeepPatience() {
        if (detector.isSpeaking() && loop.nanoTime() - turnStartNanos < longestTurn.toNanos()) {
            waitForEnd();
            return;
        }
        String text = wordsSoFar();
        boolean clear = detectorTells && detector.spoken() >= CLEAR_SPEECH.toNanos();
        endTurn();
        given = !text.isBlank();
        if (text.isBlank()) {
            listener.onNothingUnderstood(clear);
        } else {
            listener.onTurn(turn(text));
        }
    }

    private void stopPatience() {
        if (patience != null) {
            patience.cancel();
            patience = null;
        }
    }

    private String wordsSoFar() {
        return (finals + " " + interim).strip();
    }

    /** A recogniser that is quicker than the detector's pause has heard the last word just now. */
    private Turn turn(String text) {
        long now = loop.nanoTime();
        boolean paused = !detector.isSpeaking() && lastWordNanos - turnStartNanos > -MOST_BEFORE_WORDS.toNanos();
        return new Turn(text.strip(), paused ? lastWordNanos : now, now);
    }
}
