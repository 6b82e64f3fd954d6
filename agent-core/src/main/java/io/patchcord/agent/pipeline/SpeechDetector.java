package io.patchcord.agent.pipeline;

import io.patchcord.agent.media.AudioPosition;

/**
 * Makes speech and pauses of the detector's windows: a beginning needs some speech in a row, so that a blip is none; within
 * speech a window counts as silence only when it is quite sure; a pause is silence of some length. Places are
 * {@linkplain AudioPosition positions}. Confined to the call loop.
 */
final class SpeechDetector {

    /** A silence of this length ends the beginning of speech that was not confirmed yet. */
    private static final long BLIP_GAP_NANOS = 64_000_000L;

    private final CascadeSettings settings;
    private boolean speaking;
    private boolean beginning;
    private long beginningFrom;
    private long beginningSpeech;
    private long beginningLast;
    private long spoken;
    private long lastSpeechEnd;
    private long judgedUpTo;
    private long windowLength;

    /** What a window changed. */
    enum Change {
        NONE,
        /** The caller began to speak, at {@link #speechStart}. */
        STARTED,
        /** The caller has been silent for the length of a pause. */
        PAUSED
    }

    SpeechDetector(CascadeSettings settings) {
        this.settings = settings;
    }

    /** Takes the window that ends at the given place and begins where the last one ended. */
    Change onWindow(float probability, long end) {
        long from = judgedUpTo;
        windowLength = end - from;
        judgedUpTo = end;
        return speaking ? whileSpeaking(probability, from, end) : whileSilent(probability, from, end);
    }

    private Change whileSpeaking(float probability, long from, long end) {
        if (probability >= settings.silenceThreshold()) {
            spoken += end - from;
            lastSpeechEnd = end;
        } else if (silence() >= settings.pause().toNanos()) {
            speaking = false;
            beginning = false;
            return Change.PAUSED;
        }
        return Change.NONE;
    }

    private Change whileSilent(float probability, long from, long end) {
        if (probability < settings.speechThreshold()) {
            beginning = beginning && end - beginningLast < BLIP_GAP_NANOS;
            return Change.NONE;
        }
        if (!beginning) {
            beginning = true;
            beginningFrom = from;
            beginningSpeech = 0;
        }
        beginningSpeech += end - from;
        beginningLast = end;
        if (beginningSpeech < settings.speechConfirmation().toNanos()) {
            return Change.NONE;
        }
        beginning = false;
        speaking = true;
        spoken = beginningSpeech;
        lastSpeechEnd = end;
        return Change.STARTED;
    }

    boolean isSpeaking() {
        return speaking;
    }

    /** Whether the last windows may be the beginning of speech; the next ones will tell. */
    boolean mayBeBeginning() {
        return beginning;
    }

    /** Where the speech began that was told last. */
    long speechStart() {
        return beginningFrom;
    }

    /** Where the last window of speech ended. */
    long lastSpeechEnd() {
        return lastSpeechEnd;
    }

    /** How much speech there was between the last beginning and the last pause, or so far. */
    long spoken() {
        return spoken;
    }

    /** How long the silence has lasted, in nanoseconds of audio. */
    long silence() {
        return judgedUpTo - lastSpeechEnd;
    }

    long judgedUpTo() {
        return judgedUpTo;
    }

    long windowLength() {
        return windowLength;
    }
}
