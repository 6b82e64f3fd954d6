package io.patchcord.app.caller;

import io.patchcord.agent.media.AudioFrame;
import io.patchcord.app.caller.Conversation.Outgoing;
import java.util.Arrays;

/** A step on its way to the agent, frame by frame. Confined to the call's thread. */
abstract class Utterance {

    /** Ticks from one key to the next: 200 ms, as a quick finger. */
    private static final int TICKS_PER_KEY = 10;

    private int tick;

    static Utterance of(CallerStep step) {
        if (step instanceof CallerStep.Say say) {
            return new Spoken(say.audio().toSamples());
        }
        if (step instanceof CallerStep.Press press) {
            return new Pressed(press.digits());
        }
        throw new AssertionError(step);
    }

    /** The next frame. */
    final Outgoing next() {
        return frame(tick++);
    }

    abstract Outgoing frame(int index);

    abstract int ticks();

    /** The tick of the first sound, and that of the last. */
    abstract int firstSound();

    abstract int lastSound();

    final boolean hasSounded() {
        return tick > firstSound();
    }

    /** Whether the frame before was the one with the last sound, or the last key. */
    final boolean hasJustSaidAll() {
        return tick == lastSound() + 1;
    }

    final boolean isDone() {
        return tick >= ticks();
    }

    private static final class Spoken extends Utterance {

        private final short[] samples;
        private final int firstSound;
        private final int lastSound;

        Spoken(short[] samples) {
            this.samples = samples;
            Loudness.Stretch speech = Loudness.speech(samples);
            this.firstSound = speech.from() / Conversation.FRAME_SAMPLES;
            this.lastSound = Math.max(0, speech.to() - 1) / Conversation.FRAME_SAMPLES;
        }

        @Override
        Outgoing frame(int index) {
            int from = index * Conversation.FRAME_SAMPLES;
            short[] frame = Arrays.copyOfRange(samples, from, from + Conversation.FRAME_SAMPLES);
            return new Outgoing(AudioFrame.ofSamples(8_000, frame), null);
        }

        @Override
        int ticks() {
            return Math.max(1, (samples.length + Conversation.FRAME_SAMPLES - 1) / Conversation.FRAME_SAMPLES);
        }

        @Override
        int firstSound() {
            return firstSound;
        }

        @Override
        int lastSound() {
            return lastSound;
        }
    }

    private static final class Pressed extends Utterance {

        private final String digits;

        Pressed(String digits) {
            this.digits = digits;
        }

        @Override
        Outgoing frame(int index) {
            boolean key = index % TICKS_PER_KEY == 0;
            return key
                    ? new Outgoing(Outgoing.SILENCE.audio(), digits.charAt(index / TICKS_PER_KEY))
                    : Outgoing.SILENCE;
        }

        @Override
        int ticks() {
            return (digits.length() - 1) * TICKS_PER_KEY + 1;
        }

        @Override
        int firstSound() {
            return 0;
        }

        @Override
        int lastSound() {
            return ticks() - 1;
        }
    }
}
