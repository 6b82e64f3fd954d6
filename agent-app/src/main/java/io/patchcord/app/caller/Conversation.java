package io.patchcord.app.caller;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The caller's side of a call: decides for every 20 ms what is sent, listens for the agent to begin and to finish, and marks
 * the times. Knows nothing of a wire: the times are given to it. Confined to the call's thread.
 */
final class Conversation {

    /** Samples of one sent frame. */
    static final int FRAME_SAMPLES = 160;

    private final Iterator<CallerStep> steps;
    private final Timing timing;
    private final List<Turn> turns = new ArrayList<>();
    private Turn turn;
    private @Nullable Utterance utterance;
    private boolean finished;
    private long lastSound;
    private boolean heardSound;
    private int receivedSamples;

    Conversation(List<CallerStep> steps, Timing timing, long started) {
        this.steps = List.copyOf(steps).iterator();
        this.timing = timing;
        this.turn = Turn.greeting(started);
        turns.add(turn);
    }

    /** What leaves in a tick of 20 ms: audio, and perhaps a key. */
    record Outgoing(AudioFrame audio, @Nullable Character key) {
        static final Outgoing SILENCE =
                new Outgoing(AudioFrame.silence(AudioFormat.SLIN_8K, Duration.ofMillis(20)), null);
    }

    /** What is to be sent now; what it returns counts as sent at that time. */
    Outgoing next(long now) {
        if (utterance == null && turnIsDue(now)) {
            if (steps.hasNext()) {
                begin(steps.next(), now);
            } else {
                finished = true;
            }
        }
        return utterance == null ? Outgoing.SILENCE : speak(utterance, now);
    }

    private boolean turnIsDue(long now) {
        boolean interrupts = steps.hasNext()
                && timing.interruptAfter()
                        .filter(after -> turn.speaking(now).compareTo(after) >= 0)
                        .isPresent();
        return interrupts || turn.isOver(now, timing.quiet(), turns.size() == 1 ? timing.greeting() : timing.reply());
    }

    private void begin(CallerStep step, long now) {
        boolean agentSpeaks = !turn.speaking(now).isZero();
        turn = new Turn(step.label(), agentSpeaks);
        turns.add(turn);
        utterance = Utterance.of(step);
    }

    private Outgoing speak(Utterance spoken, long now) {
        Outgoing out = spoken.next();
        if (spoken.hasSounded()) {
            turn.onSoundSent(now);
        }
        if (spoken.hasJustSaidAll()) {
            turn.onSpoken(now);
        }
        if (spoken.isDone()) {
            utterance = null;
        }
        return out;
    }

    /** A frame of the agent's has arrived. */
    void received(long now, short[] samples) {
        if (Loudness.isSound(samples)) {
            boolean begins = !heardSound || now - lastSound >= Turn.SPEECH_GAP.toNanos();
            heardSound = true;
            lastSound = now;
            turn.onSoundReceived(now, begins, receivedSamples);
        }
        receivedSamples += samples.length;
    }

    /** Whether all has been said and answered, or will not be. */
    boolean isFinished() {
        return finished;
    }

    /** Whether no step is left, though the answer to the last one may be. */
    boolean hasSaidAll() {
        return !steps.hasNext() && utterance == null;
    }

    /** The greeting, then one turn for each step that has begun. */
    List<Turn> turns() {
        return List.copyOf(turns);
    }
}
