package io.patchcord.agent.testing;

import io.patchcord.agent.media.AudioFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Speech for machines: each word is a tone of its own pitch, 200 ms long with a short gap after it, so that a scripted
 * recogniser can tell from the audio alone what was said, and a test can tell what was heard of an answer. Survives G.711
 * and resampling. Words are told apart as they are written, punctuation included.
 *
 * <p>A word gets its pitch when it is first used; one instance is the common language of all parts of a test.
 * Thread-safe.
 */
public final class ToneSpeech {

    /** How long a word and the gap after it take. */
    public static final int WORD_MS = 200;

    private static final int GAP_MS = 20;
    private static final int LOWEST_HZ = 300;
    private static final int STEP_HZ = 30;
    private static final int MOST_WORDS = 100;
    private static final double AMPLITUDE = 8_000;
    private static final int AUDIBLE = 1_000;
    private static final int SLICE_MS = 10;
    private static final int SHORTEST_BURST_SLICES = 5;

    private final List<String> words = new CopyOnWriteArrayList<>();

    /** Speaks the words of a text. */
    public AudioFrame speak(int sampleRateHz, String text) {
        List<String> spoken = split(text);
        int perWord = sampleRateHz * WORD_MS / 1000;
        int tone = perWord - sampleRateHz * GAP_MS / 1000;
        short[] samples = new short[perWord * spoken.size()];
        for (int w = 0; w < spoken.size(); w++) {
            double radiansPerSample = 2 * Math.PI * pitch(spoken.get(w)) / sampleRateHz;
            for (int i = 0; i < tone; i++) {
                samples[w * perWord + i] = (short) (AMPLITUDE * Math.sin(radiansPerSample * i));
            }
        }
        return AudioFrame.ofSamples(sampleRateHz, samples);
    }

    /** The words in the audio, with blanks between them; a word of which less than a quarter is there is not heard. */
    public String hear(AudioFrame audio) {
        short[] samples = audio.toSamples();
        int slice = audio.format().sampleRateHz() * SLICE_MS / 1000;
        List<String> heard = new ArrayList<>();
        int start = 0;
        int slices = 0;
        for (int at = 0; at + slice <= samples.length; at += slice) {
            if (isAudible(samples, at, slice)) {
                start = slices == 0 ? at : start;
                slices++;
            } else {
                addWord(heard, samples, start, slices, slice, audio.format().sampleRateHz());
                slices = 0;
            }
        }
        addWord(heard, samples, start, slices, slice, audio.format().sampleRateHz());
        return String.join(" ", heard);
    }

    private void addWord(List<String> heard, short[] samples, int start, int slices, int slice, int sampleRateHz) {
        if (slices < SHORTEST_BURST_SLICES) {
            return;
        }
        // The first and the last slice may be half silent.
        int from = start + slice;
        int to = start + (slices - 1) * slice;
        int index = (int) Math.round((pitch(samples, from, to, sampleRateHz) - LOWEST_HZ) / STEP_HZ);
        if (index >= 0 && index < words.size()) {
            heard.add(words.get(index));
        }
    }

    /** From the time between the first and the last upward crossing of zero. */
    private static double pitch(short[] samples, int from, int to, int sampleRateHz) {
        double first = -1;
        double last = -1;
        int periods = -1;
        for (int i = from + 1; i < to; i++) {
            if (samples[i - 1] < 0 && samples[i] >= 0) {
                double crossing = i - (double) samples[i] / (samples[i] - samples[i - 1]);
                first = periods < 0 ? crossing : first;
                last = crossing;
                periods++;
            }
        }
        return periods < 1 ? 0 : periods * sampleRateHz / (last - first);
    }

    private static boolean isAudible(short[] samples, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return Math.sqrt(sum / count) > AUDIBLE;
    }

    private synchronized double pitch(String word) {
        int index = words.indexOf(word);
        if (index < 0) {
            if (words.size() == MOST_WORDS) {
                throw new IllegalStateException("more than " + MOST_WORDS + " different words: use fewer in one test");
            }
            index = words.size();
            words.add(word);
        }
        return LOWEST_HZ + (double) index * STEP_HZ;
    }

    private static List<String> split(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }
}
