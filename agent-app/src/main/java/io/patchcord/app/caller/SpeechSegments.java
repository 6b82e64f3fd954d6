package io.patchcord.app.caller;

import io.patchcord.app.caller.Loudness.Stretch;
import java.util.ArrayList;
import java.util.List;

/** Where in a recording somebody speaks, from what a voice activity detector found in it. */
final class SpeechSegments {

    private static final float SPEECH = 0.5f;

    /** A recogniser misses the first word when it has no moment of what was before it. */
    private static final double BEFORE_SECONDS = 0.4;

    private static final double AFTER_SECONDS = 0.2;
    private static final double PAUSE_SECONDS = 0.6;
    private static final double LONGEST_SECONDS = 20;

    private SpeechSegments() {}

    /** What the detector found in the samples up to {@code end}, since the window before. */
    record Window(float probability, long end) {}

    /** Stretches of speech with a little before and after, cut where there is a pause, or where they get too long. */
    static List<Stretch> of(List<Window> windows, int rateHz, int samples) {
        List<Stretch> segments = new ArrayList<>();
        long from = -1;
        long to = -1;
        long begin = 0;
        for (Window window : windows) {
            boolean speech = window.probability() >= SPEECH;
            boolean paused = speech && begin - to >= PAUSE_SECONDS * rateHz;
            boolean over = from >= 0 && (paused || begin - from >= LONGEST_SECONDS * rateHz);
            if (over) {
                segments.add(padded(from, to, rateHz, samples));
                from = -1;
            }
            if (speech) {
                from = from < 0 ? begin : from;
                to = window.end();
            }
            begin = window.end();
        }
        if (from >= 0) {
            segments.add(padded(from, to, rateHz, samples));
        }
        return segments;
    }

    private static Stretch padded(long from, long to, int rateHz, int samples) {
        return new Stretch((int) Math.max(0, from - (long) (BEFORE_SECONDS * rateHz)), (int)
                Math.min(samples, to + (long) (AFTER_SECONDS * rateHz)));
    }
}
