package io.patchcord.agent.pipeline.text;

import static io.patchcord.agent.pipeline.text.NumberWords.cardinal;
import static io.patchcord.agent.pipeline.text.NumberWords.digits;
import static io.patchcord.agent.pipeline.text.NumberWords.ordinal;
import static io.patchcord.agent.pipeline.text.SpeechRule.group;

import java.util.List;
import java.util.StringJoiner;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** How times, dates, telephone numbers, codes and ranges are said in English. Stateless. */
final class SpokenTimes {

    private static final String[] MONTHS = {
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December"
    };
    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final String MONTH = "(" + String.join("|", MONTHS) + ")";
    private static final String HALF = "(am|pm|a\\.m\\.?|p\\.m\\.?)(?!\\w)";
    private static final String NO_MORE = "(?![\\d/-]|[.,:]\\d)";
    private static final String ALONE = "(?<![\\w.,:/-])";
    /** Before a year that is not between 1900 and 2099. */
    private static final String YEAR_CONTEXT = "\\b(in|since|until|from|by|before|after|of|year) ";

    static final List<SpeechRule> RULES = List.of(
            // Telephone numbers: international, North American, of seven digits, and with a zero in front.
            SpeechRule.of("(?<!\\w)\\+\\d{1,3}(?:[ .-]?\\(?\\d{1,4}\\)?){2,6}" + NO_MORE, SpokenTimes::phone),
            SpeechRule.of(
                    "(?<![\\w.,-])(?:1[ .-])?(?:\\(\\d{3}\\) ?|\\d{3}[ .-])\\d{3}[ .-]\\d{4}" + NO_MORE,
                    SpokenTimes::phone),
            SpeechRule.of("(?<![\\w.,-])\\d{3}-\\d{4}" + NO_MORE, SpokenTimes::phone),
            SpeechRule.of(
                    "(?<![\\w.,-])\\(?0\\d{1,4}\\)?[ /-]\\d{2,12}(?:[ -]\\d{2,8}){0,5}" + NO_MORE, SpokenTimes::phone),
            SpeechRule.anyCase(
                    "\\b(extension|(?:pass)?code|password|pin|account|reference|confirmation|ticket|order|case|policy|invoice|tracking|zip"
                            + "|card)( number)?( is|:)? #?(\\d{3,})\\b(?![.,:]\\d)",
                    match -> match.group(1) + group(match, 2) + group(match, 3) + " " + digits(match.group(4))),
            // A card's, but no year.
            SpeechRule.anyCase(
                    "\\b(ending in|ending with) (?!(?:19|20)\\d\\d\\b)(\\d{3,6})\\b(?![.,:]\\d)",
                    match -> match.group(1) + " " + digits(match.group(2))),
            SpeechRule.anyCase(
                    "\\b(call|dial|text) (\\d{3,6})\\b(?![.,:]\\d)",
                    match -> match.group(1) + " " + digits(match.group(2))),
            // Dates.
            SpeechRule.of("\\b(\\d{4})-(\\d{2})-(\\d{2})\\b", SpokenTimes::isoDate),
            SpeechRule.of(
                    ALONE + "(\\d{1,2})/(\\d{1,2})/(\\d{4})\\b",
                    match -> cardinal(match.group(1)) + ", " + cardinal(match.group(2)) + ", "
                            + NumberWords.year(Integer.parseInt(match.group(3)))),
            SpeechRule.of(
                    "\\b" + MONTH + " (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?\\b(?![.,:]\\d)",
                    SpokenTimes::monthDay),
            SpeechRule.of(
                    "\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? " + MONTH + "(?:,? (\\d{4}))?\\b",
                    match -> "the " + ordinal(number(match, 1)) + " of " + match.group(2) + year(match, 3)),
            // Ranges of times, then times.
            SpeechRule.anyCase(
                    "(?<=\\d|\\d ?[ap]m|\\d ?[ap]\\.m\\.)\\s?[–—-]\\s?(?=\\d{1,2}(?::\\d\\d|\\s?" + HALF + "))",
                    match -> " to "),
            SpeechRule.anyCase(
                    ALONE + "(\\d{1,2}):([0-5]\\d)(?::[0-5]\\d)?(?:\\s?" + HALF + ")?" + NO_MORE, SpokenTimes::time),
            SpeechRule.anyCase(
                    ALONE + "(\\d{1,2})\\s?" + HALF, match -> cardinal(match.group(1)) + " " + half(match.group(2))),
            // Years and decades, ordinals.
            SpeechRule.of("(?<![\\w'’])['’](\\d0)s\\b", match -> plural(cardinal(match.group(1)))),
            SpeechRule.of(
                    "\\b(1[1-9]\\d0|20\\d0)'?s\\b",
                    match -> plural(NumberWords.year(Integer.parseInt(match.group(1))))),
            SpeechRule.anyCase("\\b(\\d{1,4})(st|nd|rd|th)\\b", match -> ordinal(number(match, 1))),
            SpeechRule.of(
                    ALONE + "((?:19|20)\\d\\d)\\s?[–-]\\s?((?:19|20)\\d\\d)" + NO_MORE,
                    match -> NumberWords.year((int) number(match, 1)) + " to "
                            + NumberWords.year((int) number(match, 2))),
            SpeechRule.of(
                    "(?<![\\w.,:/$€£¥₹#-])((?:19|20)\\d\\d)(?![\\w%°€£¥]|[.,:/-]\\d| ?[$€£¥%°]| (?:USD|EUR|GBP|CHF)\\b)",
                    match -> NumberWords.year((int) number(match, 1))),
            SpeechRule.anyCase(
                    YEAR_CONTEXT + "(1[1-8]\\d\\d)(?![\\w%]|[.,:/-]\\d)",
                    match -> match.group(1) + " " + NumberWords.year((int) number(match, 2))),
            // Other ranges.
            SpeechRule.of("(?<=\\d)\\s?–\\s?(?=[$€£]?\\d)", match -> " to "),
            SpeechRule.of(
                    "(?<![\\w.,-])([$€£]?\\d{1,4}(?:[.,]\\d+)?)\\s?-\\s?(?=[$€£]?\\d{1,4}(?:[.,]\\d+)?(?!\\w|-\\d))",
                    match -> match.group(1) + " to "));

    private SpokenTimes() {}

    private static String phone(MatchResult match) {
        StringJoiner groups = new StringJoiner(", ");
        DIGITS.matcher(match.group()).results().forEach(group -> groups.add(digits(group.group())));
        return match.group().startsWith("+") ? "plus " + groups : groups.toString();
    }

    private static String isoDate(MatchResult match) {
        long month = number(match, 2);
        long day = number(match, 3);
        if (month < 1 || month > 12 || day < 1 || day > 31) {
            return digits(match.group());
        }
        return MONTHS[(int) month - 1] + " " + ordinal(day) + year(match, 1);
    }

    private static String monthDay(MatchResult match) {
        long day = number(match, 2);
        return day < 1 || day > 31 ? match.group() : match.group(1) + " " + ordinal(day) + year(match, 3);
    }

    private static String year(MatchResult match, int group) {
        return group(match, group).isEmpty() ? "" : ", " + NumberWords.year((int) number(match, group));
    }

    private static String time(MatchResult match) {
        int hour = (int) number(match, 1);
        int minute = (int) number(match, 2);
        String half = half(group(match, 3));
        if (hour > 24) {
            return cardinal(hour) + " " + cardinal(minute);
        }
        if (half.isEmpty() && (hour > 12 || hour == 0)) {
            half = hour >= 12 && hour < 24 ? "p.m." : "a.m.";
        }
        int onTheDial = hour % 12 == 0 ? 12 : hour % 12;
        return cardinal(onTheDial) + minutes(minute, half) + (half.isEmpty() ? "" : " " + half);
    }

    private static String minutes(int minute, String half) {
        if (minute == 0) {
            return half.isEmpty() ? " o'clock" : "";
        }
        return (minute < 10 ? " oh " : " ") + cardinal(minute);
    }

    private static String half(String written) {
        if (written.isEmpty()) {
            return "";
        }
        return Character.toLowerCase(written.charAt(0)) + ".m.";
    }

    private static String plural(String number) {
        return number.endsWith("y") ? number.substring(0, number.length() - 1) + "ies" : number + "s";
    }

    private static long number(MatchResult match, int group) {
        return Long.parseLong(match.group(group));
    }
}
