package io.patchcord.agent.pipeline;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.media.AudioPosition;
import java.util.ArrayDeque;
import java.util.Deque;

/** The last part of the caller's audio, from which segments are cut by {@linkplain AudioPosition position}. Confined to the call loop. */
final class SegmentBuffer {

    private final AudioFormat format;
    private final Deque<AudioFrame> frames = new ArrayDeque<>();
    private long firstSample;
    private long endSample;

    SegmentBuffer(AudioFormat format) {
        this.format = format;
    }

    void add(AudioFrame frame) {
        frames.addLast(frame);
        endSample += frame.samples();
    }

    /** Forgets whole frames before the position. */
    void forgetBefore(long position) {
        long sample = AudioPosition.toSamples(position, format);
        while (!frames.isEmpty() && firstSample + frames.getFirst().samples() <= sample) {
            firstSample += frames.removeFirst().samples();
        }
    }

    /** A copy of what lies between the positions, as far as it is there. */
    AudioFrame cut(long from, long to) {
        long start = Math.max(AudioPosition.toSamples(from, format), firstSample);
        long end = Math.max(start, Math.min(AudioPosition.toSamples(to, format), endSample));
        int bytesPerSample = format.bytesPerSample();
        byte[] data = new byte[Math.toIntExact((end - start) * bytesPerSample)];
        long at = firstSample;
        for (AudioFrame frame : frames) {
            long copyFrom = Math.max(start, at);
            long copyTo = Math.min(end, at + frame.samples());
            if (copyFrom < copyTo) {
                System.arraycopy(
                        frame.data(),
                        (int) (copyFrom - at) * bytesPerSample,
                        data,
                        (int) (copyFrom - start) * bytesPerSample,
                        (int) (copyTo - copyFrom) * bytesPerSample);
            }
            at += frame.samples();
        }
        return AudioFrame.of(format, data);
    }
}
