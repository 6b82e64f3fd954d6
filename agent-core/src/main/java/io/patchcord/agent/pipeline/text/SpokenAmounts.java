package io.patchcord.agent.pipeline.text;

import static io.patchcord.agent.pipeline.text.NumberWords.cardinal;
import static io.patchcord.agent.pipeline.text.NumberWords.number;
import static io.patchcord.agent.pipeline.text.SpeechRule.group;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.regex.MatchResult;

/** How money, shares, measures and bare numbers are said in English. Stateless. */
final class SpokenAmounts {

    private record Currency(String one, String many, String centOne, String centMany) {}

    private record Unit(String one, String many) {
        static Unit of(String one) {
            return new Unit(one, one + "s");
        }
    }

    private static final Currency DOLLAR = new Currency("dollar", "dollars", "cent", "cents");
    private static final Currency EURO = new Currency("euro", "euros", "cent", "cents");
    private static final Currency POUND = new Currency("pound", "pounds", "penny", "pence");
    private static final Currency YEN = new Currency("yen", "yen", "sen", "sen");
    private static final Currency RUPEE = new Currency("rupee", "rupees", "paisa", "paise");
    private static final Currency FRANC = new Currency("franc", "francs", "centime", "centimes");

    private static final Map<String, Currency> CURRENCIES = Map.ofEntries(
            Map.entry("$", DOLLAR),
            Map.entry("US$", DOLLAR),
            Map.entry("USD", DOLLAR),
            Map.entry("CAD", DOLLAR),
            Map.entry("AUD", DOLLAR),
            Map.entry("€", EURO),
            Map.entry("EUR", EURO),
            Map.entry("£", POUND),
            Map.entry("GBP", POUND),
            Map.entry("¥", YEN),
            Map.entry("JPY", YEN),
            Map.entry("₹", RUPEE),
            Map.entry("INR", RUPEE),
            Map.entry("CHF", FRANC));

    private static final Map<String, String> SCALES = Map.of(
            "k", "thousand",
            "thousand", "thousand",
            "m", "million",
            "mn", "million",
            "million", "million",
            "b", "billion",
            "bn", "billion",
            "billion", "billion",
            "trillion", "trillion");

    private static final Map<String, Unit> UNITS = Map.ofEntries(
            Map.entry("km/h", new Unit("kilometer per hour", "kilometers per hour")),
            Map.entry("kph", new Unit("kilometer per hour", "kilometers per hour")),
            Map.entry("mph", new Unit("mile per hour", "miles per hour")),
            Map.entry("km", Unit.of("kilometer")),
            Map.entry("cm", Unit.of("centimeter")),
            Map.entry("mm", Unit.of("millimeter")),
            Map.entry("m²", Unit.of("square meter")),
            Map.entry("m", Unit.of("meter")),
            Map.entry("mi", Unit.of("mile")),
            Map.entry("ft", new Unit("foot", "feet")),
            Map.entry("kg", Unit.of("kilogram")),
            Map.entry("mg", Unit.of("milligram")),
            Map.entry("g", Unit.of("gram")),
            Map.entry("lb", Unit.of("pound")),
            Map.entry("lbs", Unit.of("pound")),
            Map.entry("oz", Unit.of("ounce")),
            Map.entry("ml", Unit.of("milliliter")),
            Map.entry("L", Unit.of("liter")),
            Map.entry("l", Unit.of("liter")),
            Map.entry("hrs", Unit.of("hour")),
            Map.entry("hr", Unit.of("hour")),
            Map.entry("h", Unit.of("hour")),
            Map.entry("mins", Unit.of("minute")),
            Map.entry("min", Unit.of("minute")),
            Map.entry("secs", Unit.of("second")),
            Map.entry("sec", Unit.of("second")),
            Map.entry("s", Unit.of("second")),
            Map.entry("ms", Unit.of("millisecond")),
            Map.entry("KB", Unit.of("kilobyte")),
            Map.entry("MB", Unit.of("megabyte")),
            Map.entry("GB", Unit.of("gigabyte")),
            Map.entry("TB", Unit.of("terabyte")),
            Map.entry("kHz", new Unit("kilohertz", "kilohertz")),
            Map.entry("MHz", new Unit("megahertz", "megahertz")),
            Map.entry("GHz", new Unit("gigahertz", "gigahertz")),
            Map.entry("Hz", new Unit("hertz", "hertz")),
            Map.entry("kWh", Unit.of("kilowatt hour")),
            Map.entry("kW", Unit.of("kilowatt")),
            Map.entry("W", Unit.of("watt")),
            Map.entry("°C", new Unit("degree Celsius", "degrees Celsius")),
            Map.entry("°F", new Unit("degree Fahrenheit", "degrees Fahrenheit")),
            Map.entry("°", Unit.of("degree")),
            Map.entry("%", new Unit("percent", "percent")));

    private static final Map<String, String> FRACTIONS = Map.of(
            "1/2", "one half",
            "1/3", "one third",
            "2/3", "two thirds",
            "1/4", "one quarter",
            "3/4", "three quarters");

    private static final Map<String, String> FRACTION_SIGNS =
            Map.of("½", "1/2", "⅓", "1/3", "⅔", "2/3", "¼", "1/4", "¾", "3/4");

    private static final String AMOUNT = "(\\d{1,3}(?:,\\d{3}){1,5}|\\d++)";
    /** Not within a longer number or behind a letter. */
    private static final String ALONE = "(?<![\\w.,])";

    private static final String MINUS = "(?:(?<![\\w)])([-−])\\s?)?";
    private static final String SCALE = "(?:\\s?(k|K|m|M|mn|b|B|bn|thousand|million|billion|trillion)\\b)?";

    static final List<SpeechRule> RULES = List.of(
            SpeechRule.of(
                    MINUS + "(US\\$|[$€£¥₹])\\s?" + AMOUNT + "(?:\\.(\\d+))?" + SCALE,
                    match -> minus(group(match, 1))
                            + money(match.group(2), match.group(3), group(match, 4), group(match, 5))),
            SpeechRule.of(
                    MINUS + ALONE + AMOUNT + "(?:[.,](\\d{2}))?" + SCALE
                            + "\\s?(US\\$|[$€£¥₹](?!\\s?\\d)|(?:USD|EUR|GBP|CAD|AUD|JPY|INR|CHF)\\b)",
                    match -> minus(group(match, 1))
                            + money(match.group(5), match.group(2), group(match, 3), group(match, 4))),
            SpeechRule.of(
                    "\\b(USD|EUR|GBP|CAD|AUD|JPY|INR|CHF)\\s?" + AMOUNT + "(?:\\.(\\d{2}))?" + SCALE,
                    match -> money(match.group(1), match.group(2), group(match, 3), group(match, 4))),
            SpeechRule.of(ALONE + "(\\d{1,2})\\s?¢", match -> counted(match.group(1), Unit.of("cent"))),
            SpeechRule.of("(?<!\\d)(\\d++)\\s?([½⅓⅔¼¾])", SpokenAmounts::mixedFraction),
            SpeechRule.of("[½⅓⅔¼¾]", match -> fractionSign(match.group())),
            SpeechRule.of(
                    ALONE + "([123]/[234])\\s(mi|lb|oz|hr|ft)\\b\\.?(?= \\p{Ll}|[.,;:!?]|\\s*$)",
                    match -> fraction(match) + " " + known(UNITS, match.group(2)).one),
            SpeechRule.of(ALONE + "([123]/[234])(?![\\w/])", SpokenAmounts::fraction),
            SpeechRule.constant("\\b24/7\\b", "twenty-four seven"),
            SpeechRule.of(
                    ALONE + "(\\d{1,3}(?:\\.\\d)?)/(\\d{1,3})(?![\\w/])",
                    match -> number(match.group(1)) + " out of " + cardinal(match.group(2))),
            SpeechRule.of(
                    MINUS + ALONE + AMOUNT + "(\\.\\d+)?\\s?("
                            + "km/h|kph|mph|km|cm|mm|m²|mi|ft|kg|mg|lbs|lb|oz|ml|hrs|hr|mins|min|secs|sec|ms"
                            + "|KB|MB|GB|TB|kHz|MHz|GHz|Hz|kWh|kW|°C|°F|°|%|(?<=\\d)[mglLhsW])(?![\\w²])",
                    match -> minus(group(match, 1))
                            + counted(match.group(2) + group(match, 3), known(UNITS, match.group(4)))),
            SpeechRule.of(
                    MINUS + ALONE + AMOUNT + "(\\.\\d+)?(k|M|bn)\\b",
                    match -> minus(group(match, 1)) + number(match.group(2) + group(match, 3)) + " "
                            + scale(match.group(4))));

    /** For what is left when everything that has a meaning of its own is gone. */
    static final List<SpeechRule> BARE_NUMBERS = List.of(
            // A code of capitals and digits, such as a booking's: "A7X-99Q2", "BA117".
            SpeechRule.of(
                    "(?<![\\w-])(?=[A-Z0-9-]{5})(?=[A-Z0-9-]*(?:[A-Z]\\d|\\d[A-Z]))[A-Z0-9-]{5,40}(?<!-)(?![\\w-])",
                    SpokenAmounts::spelled),
            SpeechRule.constant("(?<=\\b\\d{1,2}):(?=\\d{1,2}\\b)", " to "),
            SpeechRule.constant("(?<=\\d):(?=\\d)", ", "),
            // No minus: "COVID-19".
            SpeechRule.constant("(?<=\\p{L})-(?=\\d)", " "),
            SpeechRule.of(
                    ALONE + "(\\d+(?:\\.\\d+){2,7})(?![\\w.]*\\d)",
                    match -> String.join(
                            " dot ",
                            List.of(match.group(1).split("\\.")).stream()
                                    .map(NumberWords::cardinal)
                                    .toList())),
            SpeechRule.of(
                    MINUS + ALONE + AMOUNT + "?(\\.\\d+)(?!\\w)",
                    match -> minus(group(match, 1)) + number(group(match, 2) + match.group(3))),
            SpeechRule.of(
                    MINUS + ALONE + AMOUNT + "(?!\\w)", match -> minus(group(match, 1)) + wholeNumber(match.group(2))),
            // Digits next to letters: "B2B".
            SpeechRule.of("(?<=\\p{L})(\\d++)(?=\\p{L})", match -> " " + cardinal(match.group(1)) + " "),
            SpeechRule.of("(?<=\\p{L})(\\d+)", match -> " " + cardinal(match.group(1))),
            SpeechRule.of("(?<!\\d)(\\d++)-?(?=\\p{L})", match -> cardinal(match.group(1)) + " "),
            SpeechRule.of("\\d+", match -> cardinal(match.group())));

    private SpokenAmounts() {}

    private static String money(String sign, String whole, String cents, String scale) {
        Currency currency = known(CURRENCIES, sign);
        if (!scale.isEmpty() || (!cents.isEmpty() && cents.length() != 2)) {
            String amount = number(cents.isEmpty() ? whole : whole + "." + cents);
            String scaled = scale.isEmpty() ? "" : " " + scale(scale);
            return amount + scaled + " " + currency.many;
        }
        boolean noCents = cents.isEmpty() || cents.equals("00");
        String main = number(whole) + " " + (isOne(whole) ? currency.one : currency.many);
        if (noCents) {
            return main;
        }
        long count = Long.parseLong(cents);
        String small = cardinal(count) + " " + (count == 1 ? currency.centOne : currency.centMany);
        return whole.matches("0+") ? small : main + " and " + small;
    }

    private static String counted(String amount, Unit unit) {
        return number(amount) + " " + (isOne(amount) ? unit.one : unit.many);
    }

    private static String mixedFraction(MatchResult match) {
        String fraction = fractionSign(match.group(2));
        return cardinal(match.group(1)) + " and " + fraction.replaceFirst("^one half$", "a half");
    }

    private static String fraction(MatchResult match) {
        String known = FRACTIONS.get(match.group(1));
        return known != null ? known : match.group(1).replace("/", " out of ");
    }

    /** A long one is a code rather than a count. */
    private static String wholeNumber(String written) {
        return written.length() >= 7 && !written.contains(",") ? NumberWords.digits(written) : number(written);
    }

    private static String spelled(MatchResult match) {
        StringJoiner letters = new StringJoiner(" ");
        match.group().chars().forEach(c -> letters.add(spelled((char) c)));
        return letters.toString().replace(" ,", ",");
    }

    private static String spelled(char c) {
        return c == '-' ? "," : Character.isDigit(c) ? cardinal(Character.digit(c, 10)) : String.valueOf(c);
    }

    private static String fractionSign(String sign) {
        return known(FRACTIONS, known(FRACTION_SIGNS, sign));
    }

    private static String scale(String written) {
        return known(SCALES, written.toLowerCase(Locale.ROOT));
    }

    /** Of a key that a pattern has let through, so it is there. */
    private static <T> T known(Map<String, T> map, String key) {
        return Objects.requireNonNull(map.get(key), key);
    }

    private static boolean isOne(String amount) {
        return amount.equals("1");
    }

    private static String minus(String sign) {
        return sign.isEmpty() ? "" : "minus ";
    }
}
