package io.patchcord.openai.compatible;

import io.patchcord.agent.media.AudioFrame;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What Whisper and its kin make of what is no speech: they were trained on films, and hear thanks for watching in silence,
 * and music in brackets.
 */
final class WhisperWords {

    private static final int WINDOW_SAMPLES = 320;

    /** -50 dBFS: below that is a quiet line. */
    private static final double AUDIBLE = 100;

    private static final Pattern NOISES = Pattern.compile("\\[[^\\]]*]|\\([^)\\d]*\\)|\\*[^*]*\\*|♪");
    private static final Set<String> OF_FILMS = Set.of(
            "thanks for watching",
            "thank you for watching",
            "thank you for watching this video",
            "thanks for watching and see you next time",
            "please subscribe",
            "please subscribe to my channel",
            "subtitles by the amaraorg community");

    private WhisperWords() {}

    /** Whether nothing can be heard in it. */
    static boolean isSilent(AudioFrame segment) {
        byte[] data = segment.data();
        for (int from = 0; from < segment.samples(); from += WINDOW_SAMPLES) {
            int to = Math.min(segment.samples(), from + WINDOW_SAMPLES);
            double energy = 0;
            for (int i = from; i < to; i++) {
                double sample = (short) ((data[2 * i] & 0xFF) | data[2 * i + 1] << 8);
                energy += sample * sample;
            }
            if (Math.sqrt(energy / (to - from)) >= AUDIBLE) {
                return false;
            }
        }
        return true;
    }

    /** The words without noises in brackets; empty if they are those of a film. */
    static String of(String text) {
        String words =
                NOISES.matcher(text).replaceAll(" ").replaceAll("\\s+", " ").strip();
        String bare = words.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} ]", "")
                .strip();
        return bare.isEmpty() || OF_FILMS.contains(bare) ? "" : words;
    }
}
