package io.patchcord.agent.pipeline.text;

import java.util.Map;
import java.util.StringJoiner;

/** English numbers in words. Stateless; takes strings of digits, so that no length is too much. */
final class NumberWords {

    private static final String[] SMALL = {
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen"
    };
    private static final String[] TENS = {
        "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"
    };
    private static final String[] THOUSANDS = {"", " thousand", " million", " billion", " trillion"};
    private static final int LONGEST = 3 * THOUSANDS.length;

    private static final Map<String, String> IRREGULAR_ORDINALS = Map.of(
            "one", "first",
            "two", "second",
            "three", "third",
            "five", "fifth",
            "eight", "eighth",
            "nine", "ninth",
            "twelve", "twelfth");

    private NumberWords() {}

    /** "1,234.50" is "one thousand two hundred thirty-four point five zero". */
    static String number(String written) {
        String plain = written.replace(",", "");
        int point = plain.indexOf('.');
        if (point < 0) {
            return cardinal(plain);
        }
        String whole = point == 0 ? "zero" : cardinal(plain.substring(0, point));
        return whole + " point " + digits(plain.substring(point + 1));
    }

    /** A whole number; one with zeros in front, or too long for a name, digit by digit. */
    static String cardinal(String digits) {
        if (digits.length() > LONGEST || (digits.length() > 1 && digits.charAt(0) == '0')) {
            return digits(digits);
        }
        return cardinal(Long.parseLong(digits));
    }

    static String cardinal(long number) {
        if (number < 1_000) {
            return belowThousand((int) number);
        }
        StringJoiner words = new StringJoiner(" ");
        long unit = 1_000_000_000_000L;
        for (int i = THOUSANDS.length - 1; i >= 0; i--, unit /= 1_000) {
            int part = (int) (number / unit % 1_000);
            if (part > 0) {
                words.add(belowThousand(part) + THOUSANDS[i]);
            }
        }
        return words.toString();
    }

    static String ordinal(long number) {
        String words = cardinal(number);
        int start = Math.max(words.lastIndexOf(' '), words.lastIndexOf('-')) + 1;
        String last = words.substring(start);
        String ordinal = IRREGULAR_ORDINALS.get(last);
        if (ordinal == null) {
            ordinal = last.endsWith("y") ? last.substring(0, last.length() - 1) + "ieth" : last + "th";
        }
        return words.substring(0, start) + ordinal;
    }

    /** One by one: "407" is "four zero seven". */
    static String digits(String digits) {
        StringJoiner words = new StringJoiner(" ");
        digits.chars().filter(Character::isDigit).forEach(c -> words.add(SMALL[Character.digit(c, 10)]));
        return words.toString();
    }

    /** As years are read: "nineteen oh five", "two thousand eight", "twenty twenty-six". */
    static String year(int year) {
        int century = year / 100;
        int rest = year % 100;
        if (year < 1_000 || year > 9_999 || year % 1_000 < 10) {
            return cardinal(year);
        }
        if (rest == 0) {
            return cardinal(century) + " hundred";
        }
        return cardinal(century) + (rest < 10 ? " oh " : " ") + cardinal(rest);
    }

    private static String belowThousand(int number) {
        if (number < 20) {
            return SMALL[number];
        }
        if (number < 100) {
            return TENS[number / 10] + (number % 10 == 0 ? "" : "-" + SMALL[number % 10]);
        }
        String hundreds = SMALL[number / 100] + " hundred";
        return number % 100 == 0 ? hundreds : hundreds + " " + belowThousand(number % 100);
    }
}
