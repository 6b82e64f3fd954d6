package io.patchcord.agent.pipeline.text;

import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One kind of writing, and how it is said. Immutable. */
record SpeechRule(Pattern pattern, Function<MatchResult, String> spoken) {

    static SpeechRule of(String regex, Function<MatchResult, String> spoken) {
        return new SpeechRule(Pattern.compile(regex), spoken);
    }

    /** Letters of either case. */
    static SpeechRule anyCase(String regex, Function<MatchResult, String> spoken) {
        return new SpeechRule(Pattern.compile(regex, Pattern.CASE_INSENSITIVE), spoken);
    }

    static SpeechRule constant(String regex, String spoken) {
        return of(regex, match -> spoken);
    }

    static String apply(List<SpeechRule> rules, String text) {
        String result = text;
        for (SpeechRule rule : rules) {
            result = rule.pattern
                    .matcher(result)
                    .replaceAll(match -> Matcher.quoteReplacement(rule.spoken.apply(match)));
        }
        return result;
    }

    /** A group that did not take part is empty. */
    static String group(MatchResult match, int group) {
        String value = match.group(group);
        return value == null ? "" : value;
    }
}
