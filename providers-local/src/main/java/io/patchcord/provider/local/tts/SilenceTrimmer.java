package io.patchcord.provider.local.tts;

import java.util.Arrays;

/**
 * Takes the silence off both ends of an utterance: flite begins with some 150 ms of it, which a caller would wait for.
 * Pauses inside stay. Confined to the thread that speaks.
 */
final class SilenceTrimmer implements PcmSink {

    /** Peaks of flite's pauses stay below 20; the softest consonants begin at about 80. */
    private static final int SILENT_BELOW = 48;

    /** Kept before the first sound, so that a soft onset is whole. */
    private static final int LEAD_SAMPLES = FliteVoice.SAMPLE_RATE_HZ / 40;

    private final PcmSink sink;
    private final int tailSamples;
    private short[] silence = new short[FliteVoice.CHUNK_SAMPLES];
    private int silent;
    private boolean begun;

    /**
     * @param tailSamples how much silence the end may keep
     */
    SilenceTrimmer(PcmSink sink, int tailSamples) {
        this.sink = sink;
        this.tailSamples = tailSamples;
    }

    @Override
    public boolean accept(short[] samples, int count) {
        int loudFrom = firstLoud(samples, count);
        if (loudFrom == count) {
            hold(samples, count);
            return true;
        }
        if (!begun) {
            begun = true;
            hold(samples, loudFrom);
            keepLast(LEAD_SAMPLES);
            samples = Arrays.copyOfRange(samples, loudFrom, count);
            count -= loudFrom;
        }
        int loudTo = lastLoud(samples, count) + 1;
        short[] out = Arrays.copyOf(silence, silent + loudTo);
        System.arraycopy(samples, 0, out, silent, loudTo);
        silent = 0;
        hold(Arrays.copyOfRange(samples, loudTo, count), count - loudTo);
        return sink.accept(out, out.length);
    }

    /** The utterance is complete: lets out what is kept of the silence at its end. */
    void finish() {
        int kept = begun ? Math.min(silent, tailSamples) : 0;
        if (kept > 0) {
            sink.accept(silence, kept);
        }
    }

    private static int firstLoud(short[] samples, int count) {
        int i = 0;
        while (i < count && Math.abs(samples[i]) < SILENT_BELOW) {
            i++;
        }
        return i;
    }

    private static int lastLoud(short[] samples, int count) {
        int i = count - 1;
        while (i >= 0 && Math.abs(samples[i]) < SILENT_BELOW) {
            i--;
        }
        return i;
    }

    private void hold(short[] samples, int count) {
        if (silent + count > silence.length) {
            silence = Arrays.copyOf(silence, Math.max(silence.length * 2, silent + count));
        }
        System.arraycopy(samples, 0, silence, silent, count);
        silent += count;
    }

    private void keepLast(int count) {
        int dropped = Math.max(0, silent - count);
        System.arraycopy(silence, dropped, silence, 0, silent - dropped);
        silent -= dropped;
    }
}
