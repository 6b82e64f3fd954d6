package io.patchcord.provider.deepgram.testing;

import io.patchcord.agent.media.AudioFormat.Encoding;
import io.patchcord.agent.media.G711;
import java.time.Duration;

/** Finds where speech begins and a turn ends, by the loudness of G.711 audio, in the time of the audio. */
final class SpeechGate {

    private static final int WINDOW = 160;
    private static final int WINDOW_MS = 20;
    private static final double LOUD = 500;
    private static final int BEGIN_WINDOWS = 3;

    private final Encoding law;
    private final long endWindows;
    private double energy;
    private int samples;
    private int loud;
    private int quiet;
    private boolean speaking;

    /** What a piece of audio brought. */
    enum Change {
        NONE,
        BEGIN,
        END
    }

    SpeechGate(Encoding law, Duration endOfSpeech) {
        this.law = law;
        this.endWindows = Math.max(1, endOfSpeech.toMillis() / WINDOW_MS);
    }

    /** The last change in the audio. */
    Change accept(byte[] audio) {
        Change change = Change.NONE;
        for (byte code : audio) {
            double sample = law == Encoding.ALAW ? G711.decodeAlaw(code) : G711.decodeUlaw(code);
            energy += sample * sample;
            if (++samples == WINDOW) {
                Change here = window(Math.sqrt(energy / WINDOW) >= LOUD);
                change = here == Change.NONE ? change : here;
                energy = 0;
                samples = 0;
            }
        }
        return change;
    }

    private Change window(boolean isLoud) {
        loud = isLoud ? loud + 1 : 0;
        quiet = isLoud ? 0 : quiet + 1;
        if (!speaking && loud >= BEGIN_WINDOWS) {
            speaking = true;
            return Change.BEGIN;
        }
        if (speaking && quiet >= endWindows) {
            speaking = false;
            return Change.END;
        }
        return Change.NONE;
    }
}
