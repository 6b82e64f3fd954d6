package io.patchcord.provider.deepgram;

import io.patchcord.agent.media.AudioFormat;
import io.patchcord.agent.media.AudioFrame;
import java.util.Arrays;

/** Makes frames of whole samples of pieces that end anywhere; the odd byte waits for the next piece. Confined to one thread. */
final class SampleJoiner {

    private final AudioFormat format;
    private byte[] kept = new byte[0];

    SampleJoiner(AudioFormat format) {
        this.format = format;
    }

    /** The next samples, none if there are not enough bytes for one. */
    AudioFrame join(byte[] piece) {
        byte[] all = piece;
        if (kept.length > 0) {
            all = Arrays.copyOf(kept, kept.length + piece.length);
            System.arraycopy(piece, 0, all, kept.length, piece.length);
        }
        int whole = all.length - all.length % format.bytesPerSample();
        kept = Arrays.copyOfRange(all, whole, all.length);
        return AudioFrame.of(format, whole == all.length ? all : Arrays.copyOf(all, whole));
    }

    /** The stream ends, or another one begins: half a sample is none. */
    void clear() {
        kept = new byte[0];
    }
}
