package io.patchcord.provider.local.tts;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes of any text what flite can speak: printable ASCII in utterances of bearable length. Mark-up, addresses and the like
 * are the cascade's business (its {@code TextForSpeech}); numbers, amounts, times, abbreviations and single signs such as
 * {@code &} flite reads itself. Stateless.
 */
final class SpeakableText {

    /** About twelve seconds of speech; flite thinks before the first sound in proportion to the length. */
    static final int LONGEST_UTTERANCE = 200;

    private static final int LONGEST_TOKEN = 40;

    /** Replaced in this order, before accents are taken off. */
    private static final List<Rule> RULES = List.of(
            rule("[‘’‚‛′´]", "'"),
            rule("[“”„‟″«»]", "\""),
            rule("(?<=\\d)\\s*[‐‑‒–−]\\s*(?=\\d)", "-"),
            rule("\\s*[–—―]\\s*", ", "),
            rule("[‐‑‒−]", "-"),
            rule("€\\s?(\\d+(?:[.,]\\d+)*)", "$1 euros"),
            rule("£\\s?(\\d+(?:[.,]\\d+)*)", "$1 pounds"),
            rule("€", " euros "),
            rule("£", " pounds "),
            rule("°", " degrees "),
            // Words that flite reads wrongly: "em ess", "why fye" with a short i, "eff-reee", "were", "hay-vent".
            rule("\\bMs\\.", "Miz"),
            rule("(?i)\\bwi-fi\\b", "wifi"),
            rule("(?i)\\bfreepbx\\b", "free PBX"),
            rule("(?i)\\b(w)e're\\b", "$1e are"),
            rule("(?i)\\b(h)aven't\\b", "$1ave not"),
            // Letters that are no letter with an accent.
            rule("ß", "ss"),
            rule("[æÆ]", "ae"),
            rule("[øØ]", "o"),
            rule("[œŒ]", "oe"),
            rule("[łŁ]", "l"));

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern UNSPEAKABLE = Pattern.compile("[^\\x20-\\x7E]|[*_~^|<>\\[\\]{}\\\\`]");
    private static final Pattern LONG_TOKEN = Pattern.compile("(\\S{" + LONGEST_TOKEN + "})(?=\\S)");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern SOMETHING = Pattern.compile("[A-Za-z0-9]|[&%+=$@#]");

    private record Rule(Pattern pattern, String replacement) {}

    private SpeakableText() {}

    /** The utterances of a text, in order; none if there is nothing to speak. */
    static List<String> utterances(String text) {
        List<String> result = new ArrayList<>();
        String rest = clean(text);
        while (!rest.isEmpty()) {
            int end = rest.length() <= LONGEST_UTTERANCE ? rest.length() : cut(rest);
            String utterance = rest.substring(0, end).strip();
            if (SOMETHING.matcher(utterance).find()) {
                result.add(utterance);
            }
            rest = rest.substring(end).strip();
        }
        return result;
    }

    static String clean(String text) {
        String result = text;
        for (Rule rule : RULES) {
            result = rule.pattern().matcher(result).replaceAll(rule.replacement());
        }
        result = MARKS.matcher(Normalizer.normalize(result, Normalizer.Form.NFKD))
                .replaceAll("");
        result = UNSPEAKABLE.matcher(result).replaceAll(" ");
        result = LONG_TOKEN.matcher(result).replaceAll("$1 ");
        return BLANKS.matcher(result).replaceAll(" ").strip();
    }

    /** Where to cut: behind the last sentence that fits, else the last clause, else the last word. */
    private static int cut(String text) {
        int clause = 0;
        int word = 0;
        for (int i = 0; i < LONGEST_UTTERANCE; i++) {
            if (text.charAt(i + 1) != ' ') {
                continue;
            }
            word = i + 1;
            char last = text.charAt(i);
            if (last == '.' || last == '!' || last == '?') {
                clause = i + 1;
            } else if (clause == 0 && i > LONGEST_UTTERANCE / 2 && (last == ',' || last == ';' || last == ':')) {
                clause = i + 1;
            }
        }
        return clause > 0 ? clause : word > 0 ? word : LONGEST_UTTERANCE;
    }

    private static Rule rule(String pattern, String replacement) {
        return new Rule(Pattern.compile(pattern), replacement);
    }
}
