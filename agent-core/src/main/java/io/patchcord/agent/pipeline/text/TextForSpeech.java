package io.patchcord.agent.pipeline.text;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes of written text what a voice can read aloud: mark-up and emojis go, signs, amounts, times, telephone numbers,
 * abbreviations and addresses become words. Stateless and thread-safe.
 *
 * <p>The words are English. Text in another language loses its mark-up and emojis only, since its voice knows better how
 * its numbers are said.
 */
public final class TextForSpeech {

    private static final Map<String, String> ENTITIES =
            Map.of("&amp;", "&", "&lt;", "<", "&gt;", ">", "&quot;", "\"", "&#39;", "'", "&apos;", "'", "&nbsp;", " ");

    private static final String EMOJI =
            "[\\x{1F000}-\\x{1FAFF}\\x{2600}-\\x{27BF}\\x{2B00}-\\x{2BFF}\\x{2300}-\\x{23FF}\\x{E0020}-\\x{E007F}"
                    + "\\x{FE0E}\\x{FE0F}\\x{200B}-\\x{200D}\\x{20E3}\\x{2060}\\x{FEFF}]";

    private static final String FRACTION_SIGNS = "½⅓⅔¼¾";
    private static final String SIGNS = "&/+=*×÷≤≥<>≈~→-#@§™®©";

    private static final List<SpeechRule> TYPOGRAPHY = List.of(
            SpeechRule.constant("[‘’ʼ]", "'"),
            SpeechRule.constant("[“”«»\"]", ""),
            SpeechRule.constant("[\\u00A0\\u202F\\u2009\\t]", " "),
            SpeechRule.constant("\u2011", "-"),
            SpeechRule.constant("−(?=\\d)", "-"));

    private static final List<SpeechRule> TIDY = List.of(
            SpeechRule.constant("\\s*—\\s*|\\s+(?:–|-{1,3})\\s+", ", "),
            SpeechRule.constant("\\s*[(\\[{]\\s*", ", "),
            SpeechRule.constant("\\s*[)\\]}]\\s*(?=[.,;:!?])", ""),
            SpeechRule.constant("\\s*[)\\]}]\\s*", ", "),
            SpeechRule.constant("(?:\\.\\.\\.+|…)\\s*$", "."),
            SpeechRule.constant("(?:\\.\\.\\.+|…)", ","),
            SpeechRule.constant("[*_#|\\\\^<>`~=•]+", " "),
            SpeechRule.constant("\\s+", " "),
            SpeechRule.constant(" (?=[.,;:!?])", ""),
            SpeechRule.of("([!?.])[!?.]*([!?.])(?=\\s|$)", match -> loudest(match.group())),
            SpeechRule.constant("[,;:]+(?=[.!?])", ""),
            SpeechRule.constant("(?<=[.!?])[,;:]+(?=\\s|$)", ""),
            SpeechRule.of("([,;:])[,;:]+", match -> match.group(1)),
            SpeechRule.constant("^[\\s,;:.!?-]+", ""));

    private TextForSpeech() {}

    /** English text as it is to be spoken. */
    public static String spoken(String text) {
        return spoken(text, "en");
    }

    /**
     * Text of any language as it is to be spoken.
     *
     * @param language as a BCP 47 tag
     */
    public static String spoken(String text, String language) {
        String plain = SpeechRule.apply(TYPOGRAPHY, withoutEmoji(withoutMarkup(text)));
        if (Locale.forLanguageTag(language).getLanguage().equals("en")) {
            plain = inEnglish(plain);
        }
        return SpeechRule.apply(TIDY, plain).strip();
    }

    /** Most clauses hold nothing that needs a rule, and are not searched for it. */
    private static String inEnglish(String text) {
        boolean numbers = text.chars().anyMatch(c -> Character.isDigit(c) || FRACTION_SIGNS.indexOf(c) >= 0);
        String result = text;
        if (containsAny(result, "*#")) {
            result = SpeechRule.apply(SpokenWords.KEYS, result);
        }
        if (containsAny(result, "./@")) {
            result = SpeechRule.apply(SpokenWords.ADDRESSES, result);
        }
        if (numbers || containsAny(result, "./–—-")) {
            result = SpeechRule.apply(SpokenWords.ABBREVIATED, result);
        }
        if (numbers) {
            result = result.replaceFirst("^(\\d{1,3})\\. (?=\\p{L})", "$1, ");
            result = SpeechRule.apply(SpokenTimes.RULES, result);
            result = SpeechRule.apply(SpokenAmounts.RULES, result);
            result = SpeechRule.apply(SpokenAmounts.BARE_NUMBERS, result);
        }
        return containsAny(result, SIGNS) ? SpeechRule.apply(SpokenWords.SIGNS, result) : result;
    }

    private static boolean containsAny(String text, String characters) {
        return text.chars().anyMatch(c -> characters.indexOf(c) >= 0);
    }

    /** What the filter breaks into lines become sentences. */
    private static String withoutMarkup(String text) {
        StringBuilder plain = new StringBuilder();
        MarkupFilter filter = new MarkupFilter(plain::append);
        text.chars().forEach(c -> filter.accept((char) c));
        filter.finish();
        String result = plain.toString()
                .strip()
                .replaceAll("(?<=[\\p{L}\\p{N})%])\\s*\\n\\s*", ". ")
                .replace('\n', ' ');
        for (Map.Entry<String, String> entity : ENTITIES.entrySet()) {
            result = result.replace(entity.getKey(), entity.getValue());
        }
        return result;
    }

    private static String withoutEmoji(String text) {
        return text.replaceAll(EMOJI, "");
    }

    private static String loudest(String marks) {
        return marks.contains("?") ? "?" : marks.contains("!") ? "!" : ".";
    }
}
