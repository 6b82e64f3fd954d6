package io.patchcord.provider.local.stt;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Counts the words that a recogniser got wrong: substituted, left out or made up. */
record WordErrors(int errors, int words) {

    private static final String[] UNITS =
            ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
                            + " seventeen eighteen nineteen")
                    .split(" ", -1);
    private static final String[] TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split(" ", -1);

    static WordErrors of(String reference, String heard) {
        List<String> expected = words(reference);
        List<String> actual = words(heard);
        int[] row = new int[actual.size() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= expected.size(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int substituted = diagonal + (expected.get(i - 1).equals(actual.get(j - 1)) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return new WordErrors(row[actual.size()], expected.size());
    }

    WordErrors plus(WordErrors other) {
        return new WordErrors(errors + other.errors, words + other.words);
    }

    double rate() {
        return (double) errors / words;
    }

    private static List<String> words(String text) {
        String plain = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9' ]", " ");
        return Arrays.stream(plain.split(" +", -1))
                .filter(word -> !word.isEmpty())
                .flatMap(word -> word.matches("\\d+")
                        ? Arrays.stream(spoken(word).split(" ", -1))
                        : Arrays.stream(new String[] {word}))
                .toList();
    }

    /** Figures as words, the way people read them aloud: 42, 1455, 101. */
    private static String spoken(String digits) {
        if (digits.length() == 2 && digits.charAt(0) != '0') {
            int number = Integer.parseInt(digits);
            return number < 20
                    ? UNITS[number]
                    : (TENS[number / 10] + (number % 10 == 0 ? "" : " " + UNITS[number % 10]));
        }
        if (digits.length() == 4 && digits.charAt(0) == '1' && digits.charAt(2) != '0') {
            return spoken(digits.substring(0, 2)) + " " + spoken(digits.substring(2));
        }
        return String.join(" ", digits.chars().mapToObj(d -> UNITS[d - '0']).toList());
    }
}
