package io.patchcord.agent.pipeline.text;

import static io.patchcord.agent.pipeline.text.SpeechRule.anyCase;
import static io.patchcord.agent.pipeline.text.SpeechRule.constant;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.MatchResult;

/** How abbreviations, addresses and signs are said in English. Stateless. */
final class SpokenWords {

    private static final Map<String, String> ABBREVIATIONS = Map.ofEntries(
            Map.entry("mr", "Mister"),
            Map.entry("mrs", "Missus"),
            Map.entry("ms", "Miz"),
            Map.entry("prof", "Professor"),
            Map.entry("rev", "Reverend"),
            Map.entry("capt", "Captain"),
            Map.entry("sgt", "Sergeant"),
            Map.entry("gov", "Governor"),
            Map.entry("sen", "Senator"),
            Map.entry("jr", "Junior"),
            Map.entry("sr", "Senior"),
            Map.entry("vs", "versus"),
            Map.entry("approx", "approximately"),
            Map.entry("dept", "department"),
            Map.entry("appt", "appointment"),
            Map.entry("apt", "apartment"),
            Map.entry("ave", "Avenue"),
            Map.entry("blvd", "Boulevard"),
            Map.entry("rd", "Road"),
            Map.entry("ln", "Lane"),
            Map.entry("hwy", "Highway"),
            Map.entry("mt", "Mount"),
            Map.entry("ext", "extension"),
            Map.entry("tel", "telephone"),
            Map.entry("inc", "Incorporated"),
            Map.entry("ltd", "Limited"),
            Map.entry("corp", "Corporation"),
            Map.entry("co", "Company"),
            Map.entry("bros", "Brothers"),
            Map.entry("etc", "et cetera"),
            Map.entry("ea", "each"),
            Map.entry("hrs", "hours"),
            Map.entry("hr", "hour"),
            Map.entry("mins", "minutes"),
            Map.entry("min", "minutes"),
            Map.entry("max", "maximum"));

    private static final Map<String, String> SHORT_DATES = Map.ofEntries(
            Map.entry("mon", "Monday"),
            Map.entry("tue", "Tuesday"),
            Map.entry("tues", "Tuesday"),
            Map.entry("wed", "Wednesday"),
            Map.entry("thu", "Thursday"),
            Map.entry("thur", "Thursday"),
            Map.entry("thurs", "Thursday"),
            Map.entry("fri", "Friday"),
            Map.entry("sat", "Saturday"),
            Map.entry("sun", "Sunday"),
            Map.entry("jan", "January"),
            Map.entry("feb", "February"),
            Map.entry("mar", "March"),
            Map.entry("apr", "April"),
            Map.entry("jun", "June"),
            Map.entry("jul", "July"),
            Map.entry("aug", "August"),
            Map.entry("sep", "September"),
            Map.entry("sept", "September"),
            Map.entry("oct", "October"),
            Map.entry("nov", "November"),
            Map.entry("dec", "December"));

    private static final String DAY = "(Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)";
    private static final String LONG_DAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?";
    private static final String LONG_MONTH =
            "(?:January|February|March|April|May|June|July|August|September" + "|October|November|December)";
    private static final String SHORT_MONTH = "(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)";

    /** Before the numbers are said, since some of these look at them. */
    static final List<SpeechRule> ABBREVIATED = List.of(
            // Numbers as they are written on the continent: "1.250,00" and "1 250 €".
            SpeechRule.of(
                    "(?<![\\w.,])(\\d{1,3}(?:\\.\\d{3}){1,5}),(\\d{2})(?![\\w.,]*\\d)",
                    match -> match.group(1).replace(".", ",") + "." + match.group(2)),
            SpeechRule.of(
                    "(?<![\\w.,])(?<!\\d )(\\d{1,3}(?: \\d{3}){1,5})(?=\\s?[€£])",
                    match -> match.group(1).replace(" ", ",")),
            SpeechRule.of(
                    "(?<=" + LONG_DAY + "|" + LONG_MONTH + ")\\s?[–—-]\\s?(?=" + LONG_DAY + "|" + LONG_MONTH + ")",
                    match -> " to "),
            anyCase("\\be\\.?g\\.(?:,)?(?= )", match -> "for example,"),
            anyCase("\\bi\\.?e\\.(?:,)?(?= )", match -> "that is,"),
            anyCase("\\ba\\.?k\\.?a\\.?(?= )", match -> "also known as"),
            SpeechRule.of(
                    "\\b" + DAY + "\\.?\\s?[–—-]\\s?" + DAY + "\\b\\.?(?!\\w)",
                    match -> date(match.group(1)) + " to " + date(match.group(2))),
            SpeechRule.of("\\b" + DAY + "\\.(?=[ ,])", match -> date(match.group(1))),
            SpeechRule.of("\\b" + SHORT_MONTH + "\\.?(?= \\d)", match -> date(match.group(1))),
            SpeechRule.of("(?<=\\d )" + SHORT_MONTH + "\\b\\.?", match -> date(match.group(1))),
            SpeechRule.of("\\bNos?\\.\\s?(?=\\d)", match -> "number "),
            // "St. Mary", but "12 Main St."
            SpeechRule.of(
                    "(?<=\\p{L} )St\\.(?:(\\s*$)|(?=,| (?!\\p{Lu})))",
                    match -> "Street" + stopIf(match.group(1) != null)),
            SpeechRule.of("(?<=\\d \\p{L}{2,20} )St\\b\\.?", match -> "Street"),
            SpeechRule.of("\\bSt\\.(?= \\p{Lu})", match -> "Saint"),
            SpeechRule.of("\\bDr\\.?(?= \\p{Lu})", match -> "Doctor"),
            SpeechRule.of("(?<=\\p{L} )Dr\\.(?:(\\s*$)|(?=[, ]))", match -> "Drive" + stopIf(match.group(1) != null)),
            constant("\\b50/50\\b", "fifty fifty"),
            constant("(?<=\\d)'(?=\\d{1,2}\\b)", " foot "),
            constant("(?<=\\d\\s?(?:ft|lbs?|oz|mi|km|cm|mm|kg))\\.(?= \\p{Ll}|,)", ""),
            constant("\\bFt\\.(?= \\p{Lu})", "Fort"),
            constant("(?<=\\d)x(?= |$)", " times"),
            constant("\\bv\\.? ?(?=\\d+\\.\\d)", "version "),
            constant("(?<=\\d)\\s?x\\s?(?=\\d)", " by "),
            constant("(?<=\\d)\\s?[×*]\\s?(?=\\d)", " times "),
            anyCase("\\bw/o(?= )", match -> "without"),
            anyCase("\\bw/\\s?(?=\\w)", match -> "with "),
            anyCase(
                    "\\b(Mr|Mrs|Ms|Prof|Rev|Capt|Sgt|Gov|Sen|Jr|Sr|vs|approx|dept|appt|apt|ave|blvd|rd|ln|hwy|mt|ext"
                            + "|tel|inc|ltd|corp|co|bros|etc|ea|hrs?|mins?|max)\\.(\\s*$)?",
                    match -> like(match.group(1), ABBREVIATIONS) + stopIf(match.group(2) != null)));

    private static final String TO_PRESS =
            "(?<=\\b(?:press|dial|enter|push|hit|tap|key|code|use|call|then|or)(?:l?ing|s)?\\b.{0,40})";

    /** The star and the pound key of a telephone, alone or in a code such as "*72"; before all other signs. */
    static final List<SpeechRule> KEYS = List.of(
            anyCase("(?<=\\b(?:press|dial|enter|push|hit)(?:l?ing)? )#\\d++(?!\\w)", match -> keys(match.group())),
            anyCase(
                    TO_PRESS + "(?<![\\w*#$€£.,-])(?!#\\d+(?![\\d*#]))(?:[*#][\\d*#]*\\d[*#]*|\\d[\\d*#]*[*#])(?!\\w)",
                    match -> keys(match.group())),
            constant("(?<=\\d) \\* (?=\\d)|(?<=\\b\\w) \\* (?=\\w\\b)", " times "),
            SpeechRule.of("(?<=[^\\s(] |['(])[*#](?=\\s|$|[.,;:!?')])", match -> keys(match.group())));

    static final List<SpeechRule> ADDRESSES = List.of(
            SpeechRule.of(
                    "\\b[\\w.+-]{1,64}@[\\w-]+(?:\\.[\\w-]{1,64}){1,6}",
                    match -> address(match.group().replace("@", " at "))),
            anyCase("\\bhttps?://[^\\s<>\"]+|\\bwww\\.[^\\s<>\"]+", SpokenWords::webAddress),
            SpeechRule.of(
                    "\\b[a-z][\\w-]{1,40}(?:\\.[a-z][\\w-]{1,40}){0,3}\\.(?:com|org|net|io|co|gov|edu|info|eu|uk|de)\\b(?:/[\\w-]+)?",
                    match -> address(match.group())));

    static final List<SpeechRule> SIGNS = List.of(
            constant("\\s*&\\s*", " and "),
            anyCase(
                    "\\s?/\\s?(month|year|week|day|night|hour|minute|second|person|user|unit|call)\\b",
                    match -> " per " + match.group(1)),
            anyCase("\\s?/\\s?(mo|yr|hr)\\b\\.?", match -> " per " + perUnit(match.group(1))),
            constant("\\band/or\\b", "and or"),
            constant("(?<=\\p{Ll})/(?=\\p{Ll})", " or "),
            constant("(?<=\\w)\\+(?=\\s|$|[,.;:!?])", " plus"),
            constant("\\+\\+", " plus plus "),
            constant("(?<=\\b[A-G])#(?!\\w)", " sharp"),
            constant("\\s*\\+\\s*(?=\\w)", " plus "),
            constant("(?<=\\w)\\s*=\\s*(?=\\w)", " equals "),
            constant("(?<=\\w) × (?=\\w)", " times "),
            constant("(?<=\\p{L})×(?=\\p{L})", " times "),
            constant("\\s*÷\\s*", " divided by "),
            constant("\\s*≤\\s*", " at most "),
            constant("\\s*≥\\s*", " at least "),
            constant("(?<=\\w)\\s+<\\s+(?=\\w)", " less than "),
            // Where to go in a menu: "Settings > Network".
            constant("(?<=\\p{L})\\s+>\\s+(?=\\p{Lu})", ", then "),
            constant("(?<=\\w)\\s+>\\s+(?=\\w)", " greater than "),
            constant("(?<![^\\s,])<\\s?(?=\\w)", "less than "),
            constant("(?<![^\\s,])>\\s?(?=\\w)", "more than "),
            constant("[≈~]\\s*(?=\\w)", "about "),
            constant("\\s*(?:→|=>|->)\\s*", ", "),
            constant(
                    "#\\s?(?=(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thir|fif|twen)\\w*)",
                    "number "),
            constant("\\s+@\\s+", " at "),
            constant("§\\s*", "section "),
            constant("[™®©]", ""));

    private SpokenWords() {}

    /** The stop of an abbreviation at the very end ends the sentence too. */
    private static String stopIf(boolean atEnd) {
        return atEnd ? "." : "";
    }

    private static String keys(String written) {
        StringJoiner keys = new StringJoiner(" ");
        written.chars().forEach(key -> keys.add(key(key)));
        return keys.toString();
    }

    private static String key(int key) {
        return switch (key) {
            case '*' -> "star";
            case '#' -> "pound";
            default -> NumberWords.cardinal(Character.digit(key, 10));
        };
    }

    private static String date(String written) {
        return SHORT_DATES.getOrDefault(written.toLowerCase(Locale.ROOT), written);
    }

    /** In capitals only where it was: "Dept." but "dept.". */
    private static String like(String written, Map<String, String> words) {
        String word = words.getOrDefault(written.toLowerCase(Locale.ROOT), written);
        return Character.isLowerCase(written.charAt(0)) ? word.toLowerCase(Locale.ROOT) : word;
    }

    private static String perUnit(String written) {
        return switch (written.toLowerCase(Locale.ROOT)) {
            case "mo" -> "month";
            case "yr" -> "year";
            default -> "hour";
        };
    }

    /** Host and the beginning of the path; what follows a question mark nobody wants to hear. */
    private static String webAddress(MatchResult match) {
        String written = match.group();
        String bare = written.replaceFirst("[.,;:!?)]+$", "");
        String end = written.substring(bare.length());
        String shortened = bare.replaceFirst("(?i)^https?://", "")
                .replaceFirst("(?i)^www\\.", "")
                .replaceFirst("[?#].*$", "")
                .replaceFirst("/$", "");
        return address(shortened) + end;
    }

    private static String address(String written) {
        return written.replace(".", " dot ")
                .replace("/", " slash ")
                .replace("-", " dash ")
                .replace("_", " underscore ")
                .replace("+", " plus ");
    }
}
