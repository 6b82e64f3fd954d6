package io.patchcord.agent.contract;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Audio cut into frames. */
public final class Pieces {

    private Pieces() {}

    /** Frames of the given length, the last one shorter if need be. */
    public static List<AudioFrame> of(AudioFrame audio, Duration length) {
        AudioFormat format = audio.format();
        int step = format.bytesIn(length);
        List<AudioFrame> pieces = new ArrayList<>();
        for (int from = 0; from < audio.data().length; from += step) {
            int to = Math.min(from + step, audio.data().length);
            pieces.add(AudioFrame.of(format, Arrays.copyOfRange(audio.data(), from, to)));
        }
        return pieces;
    }

    /** One frame of them all. */
    public static AudioFrame join(AudioFormat format, List<AudioFrame> pieces) {
        byte[] data =
                new byte[pieces.stream().mapToInt(piece -> piece.data().length).sum()];
        int at = 0;
        for (AudioFrame piece : pieces) {
            System.arraycopy(piece.data(), 0, data, at, piece.data().length);
            at += piece.data().length;
        }
        return AudioFrame.of(format, data);
    }

    /** The root mean square of linear samples. */
    public static double loudness(AudioFrame audio) {
        double sum = 0;
        for (short sample : audio.toSamples()) {
            sum += (double) sample * sample;
        }
        return Math.sqrt(sum / Math.max(1, audio.samples()));
    }
}
