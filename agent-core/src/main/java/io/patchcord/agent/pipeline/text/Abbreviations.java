package io.patchcord.agent.pipeline.text;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which words end with a full stop that need not be the end of a sentence. Stateless. */
final class Abbreviations {

    /** Something always follows them. */
    private static final Set<String> NEVER_LAST = Set.of(
            "dr", "mr", "mrs", "ms", "mx", "prof", "rev", "hon", "gen", "col", "capt", "lt", "sgt", "gov", "sen", "rep",
            "st", "mt", "ft", "vs", "cf", "e.g", "i.e", "eg", "ie", "approx", "viz", "al", "messrs", "mmes");

    /** They count as abbreviations before a number alone: "No. 5", but "No. We are closed." */
    private static final Set<String> BEFORE_NUMBER = Set.of(
            "no", "nos", "nr", "p", "pp", "ch", "fig", "vol", "sec", "art", "ext", "tel", "ca", "c", "rm", "apt", "ste",
            "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec");

    /** They may end a sentence; the word after them tells. */
    private static final Set<String> MAYBE_LAST = Set.of(
            "etc", "inc", "ltd", "co", "corp", "llc", "jr", "sr", "bros", "ave", "rd", "blvd", "ln", "hwy", "sq",
            "dept", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "hr", "hrs", "min",
            "mins", "sec", "secs", "max", "est", "appt", "univ", "intl", "ph.d", "ed");

    private static final Pattern DOTTED_LETTERS = Pattern.compile("(?:\\p{L}\\.){1,8}\\p{L}");

    /** Words with a capital letter that go on after "10 a.m." and its like. */
    private static final Set<String> GO_ON_CAPITALISED = Set.of(
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
            "eastern",
            "central",
            "mountain",
            "pacific",
            "est",
            "edt",
            "cst",
            "cdt",
            "mst",
            "mdt",
            "pst",
            "pdt",
            "gmt",
            "utc",
            "cet",
            "cest",
            "bst",
            "government",
            "army",
            "navy",
            "president",
            "dollars",
            "and",
            "or",
            "to");

    /** What the stop after a word means. */
    enum Stop {
        ENDS_SENTENCE,
        GOES_ON,
        /** It ends the sentence unless a number follows. */
        GOES_ON_BEFORE_NUMBER,
        /** It ends the sentence if a capitalised word follows that does not go on. */
        NEXT_WORD_TELLS
    }

    private Abbreviations() {}

    /** Judges a word by itself, without its stop at the end. */
    static Stop stopAfter(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (NEVER_LAST.contains(lower) || isInitial(word)) {
            return Stop.GOES_ON;
        }
        if (BEFORE_NUMBER.contains(lower)) {
            return Stop.GOES_ON_BEFORE_NUMBER;
        }
        if (MAYBE_LAST.contains(lower) || DOTTED_LETTERS.matcher(word).matches()) {
            return Stop.NEXT_WORD_TELLS;
        }
        return Stop.ENDS_SENTENCE;
    }

    /** Whether a capitalised word goes on after an abbreviation: "9 a.m. Monday". */
    static boolean goesOnWith(String word) {
        return GO_ON_CAPITALISED.contains(word.toLowerCase(Locale.ROOT));
    }

    /** "J. Smith"; but "I." is the pronoun. */
    private static boolean isInitial(String word) {
        return word.length() == 1 && Character.isUpperCase(word.charAt(0)) && !word.equals("I");
    }
}
