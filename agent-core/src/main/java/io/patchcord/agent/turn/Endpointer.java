package io.patchcord.agent.turn;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Judges from the words how long a silence must last before the caller's turn is over: a finished sentence or a plain
 * answer is replied to quickly, someone who stops after a comma, an "and" or in the middle of a number is waited for.
 *
 * <p>The words are English ones; for other languages the punctuation alone decides. Immutable, thread-safe.
 */
public final class Endpointer {

    /** Digits of a telephone number that lacks nothing. */
    private static final int COMPLETE_NUMBER_DIGITS = 10;

    private static final int SHORT_ANSWER_WORDS = 3;

    private static final Set<String> PLAIN_ANSWERS = Set.of(
            "yes",
            "yeah",
            "yep",
            "yes please",
            "no",
            "nope",
            "no thanks",
            "no thank you",
            "ok",
            "okay",
            "sure",
            "please",
            "correct",
            "right",
            "exactly",
            "thanks",
            "thank you",
            "bye",
            "goodbye",
            "hello",
            "hi",
            "that's right",
            "that's correct",
            "that's all",
            "of course",
            "i do",
            "i don't",
            "all right");

    private static final Set<String> HESITATIONS =
            Set.of("um", "uh", "erm", "er", "uhm", "hm", "hmm", "mm", "well", "so");

    /** Words that a sentence seldom ends with. */
    private static final Set<String> DANGLING = Set.of(
            "and",
            "or",
            "but",
            "because",
            "if",
            "when",
            "while",
            "although",
            "unless",
            "until",
            "than",
            "as",
            "the",
            "a",
            "an",
            "my",
            "your",
            "our",
            "their",
            "his",
            "to",
            "for",
            "with",
            "of",
            "from",
            "at",
            "by",
            "about",
            "into",
            "between",
            "is",
            "are",
            "was",
            "were",
            "i'm",
            "i'd",
            "i'll",
            "it's",
            "there's",
            "we're",
            "you're",
            "i've",
            "would",
            "could",
            "should",
            "very",
            "maybe",
            "like",
            "called",
            "also");

    private static final Set<String> NUMBERS = Set.of(
            "zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "double",
            "triple");

    private final Waits waits;

    /**
     * How long to wait.
     *
     * @param complete after what is surely all
     * @param undecided after words that tell nothing, such as those of an engine without punctuation
     * @param unfinished after what is surely not all
     * @param longest after a hesitation, and for as long as the words are not known
     */
    public record Waits(Duration complete, Duration undecided, Duration unfinished, Duration longest) {

        /** 450 ms, 700 ms, 900 ms and 1.4 s. */
        public static final Waits USUAL = new Waits(
                Duration.ofMillis(450), Duration.ofMillis(700), Duration.ofMillis(900), Duration.ofMillis(1_400));

        public Waits {
            if (complete.isNegative()
                    || complete.compareTo(undecided) > 0
                    || undecided.compareTo(unfinished) > 0
                    || unfinished.compareTo(longest) > 0) {
                throw new IllegalArgumentException("waits " + complete + ", " + undecided + ", " + unfinished + ", "
                        + longest + ": none may be longer than the next");
            }
        }
    }

    public Endpointer(Waits waits) {
        this.waits = waits;
    }

    public Waits waits() {
        return waits;
    }

    /**
     * The silence after which the turn is over.
     *
     * @param transcript what the caller has said in this turn so far
     * @param agentSaid what the agent said last; empty if nothing
     */
    public Duration silenceAfter(String transcript, String agentSaid) {
        String text = transcript.strip();
        List<String> words = words(text);
        if (words.isEmpty()) {
            return waits.longest;
        }
        if (PLAIN_ANSWERS.contains(String.join(" ", words))) {
            return waits.complete;
        }
        String last = words.get(words.size() - 1);
        if (HESITATIONS.contains(last)) {
            return waits.longest;
        }
        if (text.endsWith("?")) {
            return waits.complete;
        }
        if (breaksOff(text) || DANGLING.contains(last) || endsInOpenNumber(words)) {
            return waits.unfinished;
        }
        if (text.endsWith(".") || text.endsWith("!") || answersQuestion(words, agentSaid)) {
            return waits.complete;
        }
        return waits.undecided;
    }

    private static boolean breaksOff(String text) {
        return text.endsWith("...") || ",;:-…–—".indexOf(text.charAt(text.length() - 1)) >= 0;
    }

    /** Digits are being dictated, and these are too few to be all. */
    private static boolean endsInOpenNumber(List<String> words) {
        int tokens = 0;
        int digits = 0;
        for (int i = words.size() - 1; i >= 0 && isNumber(words.get(i)); i--) {
            tokens++;
            digits += Math.max(
                    1, (int) words.get(i).chars().filter(Character::isDigit).count());
        }
        boolean dictated = tokens >= 2 || digits >= 3;
        return dictated && digits < COMPLETE_NUMBER_DIGITS;
    }

    private static boolean isNumber(String word) {
        return NUMBERS.contains(word) || word.matches("[0-9][0-9-]*");
    }

    private static boolean answersQuestion(List<String> words, String agentSaid) {
        return agentSaid.strip().endsWith("?") && words.size() <= SHORT_ANSWER_WORDS;
    }

    /** In lower case, without punctuation but the apostrophes and hyphens inside of words. */
    private static List<String> words(String text) {
        return List.of(text.toLowerCase(Locale.ROOT).replace('’', '\'').split("[^\\p{L}\\p{N}'-]+")).stream()
                .map(word -> word.replaceAll("^['-]+|['-]+$", ""))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
