package io.patchcord.app.caller;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import io.patchcord.agent.media.WavWriter;
import java.nio.file.Path;

/** Keeps a call's audio in WAV files, linear at 8 kHz. Blocks. */
final class Recording {

    private Recording() {}

    /** What the agent sent, one frame after the other as received. */
    static void writeReceived(CallRecord call, Path file) {
        WavWriter.write(
                file,
                AudioFrame.ofSamples(
                        AudioFormat.SLIN_8K.sampleRateHz(), call.received().all()));
    }

    /** The caller on the left, the agent on the right, each at its time. */
    static void writeStereo(CallRecord call, Path file) {
        int rateHz = AudioFormat.SLIN_8K.sampleRateHz();
        short[] left = call.sent().placed(call.started(), rateHz);
        short[] right = call.received().placed(call.started(), rateHz);
        short[] both = new short[2 * Math.max(left.length, right.length)];
        for (int i = 0; i < both.length / 2; i++) {
            both[2 * i] = i < left.length ? left[i] : 0;
            both[2 * i + 1] = i < right.length ? right[i] : 0;
        }
        byte[] data = AudioFrame.ofSamples(rateHz, both).data();
        try (WavWriter writer = new WavWriter(file, AudioFormat.SLIN_8K, 2)) {
            writer.write(data, 0, data.length);
        }
    }

    /** The file's name for one of several calls: {@code reply.wav} becomes {@code reply-3.wav}. */
    static Path numbered(Path file, int number, int calls) {
        if (calls == 1) {
            return file;
        }
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        int end = dot < 0 ? name.length() : dot;
        return file.resolveSibling(name.substring(0, end) + "-" + number + name.substring(end));
    }
}
