package io.patchcord.provider.local.dialogue;

import java.util.Map;
import java.util.StringJoiner;

/** Telephone numbers as people say them, and as a voice reads them back. Stateless. */
final class SpokenNumber {

    private static final Map<String, String> DIGITS = Map.ofEntries(
            Map.entry("zero", "0"),
            Map.entry("oh", "0"),
            Map.entry("o", "0"),
            Map.entry("nought", "0"),
            Map.entry("one", "1"),
            Map.entry("two", "2"),
            Map.entry("three", "3"),
            Map.entry("four", "4"),
            Map.entry("five", "5"),
            Map.entry("six", "6"),
            Map.entry("seven", "7"),
            Map.entry("eight", "8"),
            Map.entry("nine", "9"),
            Map.entry("hundred", "00"),
            Map.entry("thousand", "000"));

    private static final Map<String, String> TEENS = Map.of(
            "ten",
            "10",
            "eleven",
            "11",
            "twelve",
            "12",
            "thirteen",
            "13",
            "fourteen",
            "14",
            "fifteen",
            "15",
            "sixteen",
            "16",
            "seventeen",
            "17",
            "eighteen",
            "18",
            "nineteen",
            "19");

    private static final Map<String, String> TENS = Map.of(
            "twenty", "2", "thirty", "3", "forty", "4", "fifty", "5", "sixty", "6", "seventy", "7", "eighty", "8",
            "ninety", "9");

    private SpokenNumber() {}

    /** The digits in the words, in order, with a plus in front if one was said. */
    static String digits(String text) {
        StringBuilder digits = new StringBuilder();
        int repeat = 1;
        String tens = "";
        for (String word : Words.of(text).split(" ", -1)) {
            String said = DIGITS.getOrDefault(word, TEENS.getOrDefault(word, ""));
            boolean unit = said.length() == 1 && !said.equals("0");
            if (!tens.isEmpty()) {
                digits.append(tens).append(unit ? "" : "0");
                tens = "";
            }
            if (TENS.containsKey(word)) {
                tens = TENS.getOrDefault(word, "");
            } else if (word.equals("double") || word.equals("triple")) {
                repeat = word.equals("double") ? 2 : 3;
                continue;
            } else if (word.equals("plus") || word.startsWith("+")) {
                digits.append(digits.isEmpty() ? "+" : "").append(word.replaceAll("\\D", ""));
            } else {
                String figures = said.isEmpty() && word.matches("\\d+") ? word : said;
                digits.append(figures.length() == 1 ? figures.repeat(repeat) : figures);
            }
            repeat = 1;
        }
        return digits.append(tens.isEmpty() ? "" : tens + "0").toString();
    }

    /** One digit after the other, with a pause after each three. */
    static String readable(String number) {
        String plain = number.replace("+", "");
        StringJoiner groups = new StringJoiner(", ", number.startsWith("+") ? "plus " : "", "");
        int from = 0;
        while (from < plain.length()) {
            int left = plain.length() - from;
            int size = left == 4 ? 4 : Math.min(3, left);
            groups.add(String.join(" ", plain.substring(from, from + size).split("")));
            from += size;
        }
        return groups.toString();
    }
}
