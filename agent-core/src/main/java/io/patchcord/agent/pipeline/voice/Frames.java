package io.patchcord.agent.pipeline.voice;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Frames put together and cut. */
final class Frames {

    private Frames() {}

    /** One frame of frames of one format; there must be at least one. */
    static AudioFrame join(List<AudioFrame> frames) {
        AudioFormat format = frames.get(0).format();
        byte[] data =
                new byte[frames.stream().mapToInt(frame -> frame.data().length).sum()];
        int at = 0;
        for (AudioFrame frame : frames) {
            System.arraycopy(frame.data(), 0, data, at, frame.data().length);
            at += frame.data().length;
        }
        return AudioFrame.of(format, data);
    }

    /** Frames of the given length, the last one shorter if need be. */
    static List<AudioFrame> split(AudioFrame frame, Duration length) {
        byte[] data = frame.data();
        int step = frame.format().bytesIn(length);
        if (data.length <= step) {
            return List.of(frame);
        }
        List<AudioFrame> pieces = new ArrayList<>();
        for (int from = 0; from < data.length; from += step) {
            int to = Math.min(from + step, data.length);
            pieces.add(AudioFrame.of(frame.format(), Arrays.copyOfRange(data, from, to)));
        }
        return pieces;
    }
}
