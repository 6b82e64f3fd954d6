package io.patchcord.provider.local.tts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prints how long the voice takes to its first sound, embedded and native: {@code mvn -pl providers-local -am -DskipTests
 * -Pvoice-benchmark verify}. "First" is the first piece behind the silence that is cut off, as a caller would hear it.
 */
final class VoiceBenchmark {

    private static final List<String> FOUR_WORDS = List.of(
            "Yes, we are open.",
            "Please hold the line.",
            "One moment, thank you.",
            "What is your name?",
            "Goodbye and thank you.",
            "I did not understand.",
            "Which department, please, sir?",
            "Your order has shipped.",
            "The office is closed.",
            "Can you repeat that?");

    private static final List<String> EIGHT_WORDS = List.of(
            "Our office is open from nine until five.",
            "Please hold while I connect you to sales.",
            "The shipment left the warehouse early this morning.",
            "You can leave a message after the tone.",
            "Your appointment has been moved to next Thursday.",
            "The meeting room is on the second floor.",
            "I could not find that order in stock.",
            "Someone from support will call you back soon.",
            "The total comes to forty two dollars today.",
            "Please tell me the number on your card.");

    private static final int WARM_UP = 30;
    private static final int ROUNDS = 10;

    private VoiceBenchmark() {}

    public static void main(String[] arguments) {
        System.out.printf(
                "Java %s, %d cores%n", Runtime.version(), Runtime.getRuntime().availableProcessors());
        long start = System.nanoTime();
        FliteImage image = FliteImage.load();
        try (FliteVoice voice = new EmbeddedFlite(image)) {
            measure("embedded", voice, start);
        }
        long nativeStart = System.nanoTime();
        NativeFlite.find()
                .map(NativeFlite::open)
                .ifPresentOrElse(
                        voice -> measure("native", voice, nativeStart),
                        () -> System.out.println("native: libflite1 is not installed"));
    }

    private static void measure(String name, FliteVoice voice, long start) {
        System.out.printf(Locale.ROOT, "%s: loaded in %.0f ms%n", name, millisSince(start));
        long warmUp = System.nanoTime();
        System.out.printf(Locale.ROOT, "  very first clause: %s%n", new Take(voice, EIGHT_WORDS.get(0)));
        for (int i = 0; i < WARM_UP; i++) {
            new Take(voice, WarmUp.sentence(i));
        }
        System.out.printf(Locale.ROOT, "  warm after %d clauses, %.0f ms%n", WARM_UP, millisSince(warmUp));
        report("  4 words", voice, FOUR_WORDS);
        report("  8 words", voice, EIGHT_WORDS);
    }

    private static void report(String name, FliteVoice voice, List<String> clauses) {
        List<Take> takes = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            clauses.forEach(clause -> takes.add(new Take(voice, clause)));
        }
        double speech = takes.stream().mapToDouble(take -> take.seconds).sum();
        double work = takes.stream().mapToDouble(take -> take.whole).sum() / 1_000;
        System.out.printf(
                Locale.ROOT,
                "%s: first min %.1f p50 %.1f p90 %.1f ms, whole p50 %.1f ms, %.3f s of work for a second of speech%n",
                name,
                percentile(
                        takes.stream().mapToDouble(take -> take.first).sorted().toArray(), 0),
                percentile(
                        takes.stream().mapToDouble(take -> take.first).sorted().toArray(), 50),
                percentile(
                        takes.stream().mapToDouble(take -> take.first).sorted().toArray(), 90),
                percentile(
                        takes.stream().mapToDouble(take -> take.whole).sorted().toArray(), 50),
                work / speech);
    }

    private static double percentile(double[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }

    /** One clause spoken, with its times in milliseconds. */
    private static final class Take {

        private double first;
        private final double whole;
        private final double seconds;

        Take(FliteVoice voice, String clause) {
            long start = System.nanoTime();
            int[] samples = new int[1];
            SilenceTrimmer trimmer = new SilenceTrimmer(
                    (piece, count) -> {
                        if (samples[0] == 0) {
                            first = millisSince(start);
                        }
                        samples[0] += count;
                        return true;
                    },
                    0);
            voice.speak(clause, trimmer, () -> {});
            whole = millisSince(start);
            seconds = samples[0] / (double) FliteVoice.SAMPLE_RATE_HZ;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "first %.0f ms, whole %.0f ms", first, whole);
        }
    }
}
