package io.patchcord.agent.media;

import io.patchcord.agent.media.AudioFormat.Encoding;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Brings the frames of one stream into one format: G.711 decoded or encoded, the rate changed. A frame that has the format
 * already is handed back as it is.
 *
 * <p>One for each stream and direction, as the resampler in it remembers the samples before. A stream may change its format
 * on the way (a fail-over to another voice): the new one begins without memory of the old. Confined to one thread at a
 * time; frames in are not kept, frames out are new and belong to the caller.
 */
public final class AudioConverter {

    private final AudioFormat target;
    private @Nullable Resampler resampler;
    private short[] decoded = new short[0];
    private short[] resampled = new short[0];

    public AudioConverter(AudioFormat target) {
        this.target = target;
    }

    /**
     * Converts one complete piece of audio, such as a recorded sentence: nothing is lost at its end, and the filter's delay
     * is taken out, so that it lasts as long as before.
     */
    public static AudioFrame convertWhole(AudioFrame frame, AudioFormat target) {
        if (frame.format().sampleRateHz() == target.sampleRateHz()) {
            return new AudioConverter(target).convert(frame);
        }
        Resampler resampler = new Resampler(frame.format().sampleRateHz(), target.sampleRateHz());
        int length = resampler.outputCount(frame.samples());
        int delay = resampler.delaySamples();
        // As many zeros after it as push the last sample out.
        short[] in = Arrays.copyOf(linear(frame), frame.samples() + resampler.memorySamples());
        short[] out = resampler.process(in);
        return encode(Arrays.copyOfRange(out, delay, delay + length), length, target);
    }

    public AudioFormat target() {
        return target;
    }

    /** The next frame of the stream, of any format and length; the answer may be empty when it is very short. */
    public AudioFrame convert(AudioFrame frame) {
        AudioFormat source = frame.format();
        if (source.equals(target)) {
            return frame;
        }
        int count = frame.samples();
        decoded = withRoom(decoded, count);
        decode(frame, decoded);
        if (source.sampleRateHz() == target.sampleRateHz()) {
            return encode(decoded, count, target);
        }
        Resampler current = resamplerFrom(source.sampleRateHz());
        resampled = withRoom(resampled, current.outputCount(count));
        int produced = current.process(decoded, 0, count, resampled, 0);
        return encode(resampled, produced, target);
    }

    /** Forgets the stream, as when what was said breaks off and something else follows. */
    public void reset() {
        if (resampler != null) {
            resampler.reset();
        }
    }

    private Resampler resamplerFrom(int rateHz) {
        Resampler current = resampler;
        if (current == null || current.fromHz() != rateHz) {
            current = new Resampler(rateHz, target.sampleRateHz());
            resampler = current;
        }
        return current;
    }

    static short[] linear(AudioFrame frame) {
        short[] samples = new short[frame.samples()];
        decode(frame, samples);
        return samples;
    }

    private static void decode(AudioFrame frame, short[] samples) {
        byte[] data = frame.data();
        if (frame.format().encoding() == Encoding.SLIN) {
            for (int i = 0; i < data.length / 2; i++) {
                samples[i] = (short) ((data[2 * i] & 0xFF) | (data[2 * i + 1] << 8));
            }
        } else {
            G711.decode(frame.format().encoding(), data, 0, data.length, samples, 0);
        }
    }

    static AudioFrame encode(short[] samples, int count, AudioFormat format) {
        if (format.encoding() == Encoding.SLIN) {
            return AudioFrame.ofSamples(format.sampleRateHz(), samples, 0, count);
        }
        byte[] data = new byte[count];
        G711.encode(format.encoding(), samples, 0, count, data, 0);
        return AudioFrame.of(format, data);
    }

    private static short[] withRoom(short[] array, int count) {
        return array.length >= count ? array : new short[count];
    }
}
