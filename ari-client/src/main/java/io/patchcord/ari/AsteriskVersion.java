package io.patchcord.ari;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Asterisk version as {@code GET /asterisk/info} reports it, in numbers that can be compared.
 *
 * <p>Understood are releases ({@code 22.10.1}), distributions' ({@code 22.10.1~dfsg+~cs6.17-1}), release candidates
 * ({@code 22.0.0-rc1}), certified ones ({@code certified/18.9-cert5}, also {@code certified-18.9-cert5}), and builds of
 * a branch ({@code GIT-22-1a2b3c4}), which count as that branch's first release. Anything else, {@code GIT-master-…}
 * included, is {@link #known() not known}: all numbers are 0, and what it can do is better found out with
 * {@link Asterisk#hasModule}.
 *
 * <p>The order looks at the numbers alone, so two versions that compare as equal may differ in {@link #raw}.
 *
 * @param raw the words of Asterisk
 */
public record AsteriskVersion(int major, int minor, int patch, String raw) implements Comparable<AsteriskVersion> {

    private static final Pattern RELEASE =
            Pattern.compile("(?:Asterisk )?(?:certified[/-])?(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?(?!\\d).*");

    private static final Pattern BRANCH =
            Pattern.compile("(?:Asterisk )?GIT-(?:certified[/-])?(\\d{1,4})(?:\\.(\\d{1,4}))?-.*");

    private static final Comparator<AsteriskVersion> ORDER = Comparator.comparingInt(AsteriskVersion::major)
            .thenComparingInt(AsteriskVersion::minor)
            .thenComparingInt(AsteriskVersion::patch);

    /** Reads a version; never fails. */
    public static AsteriskVersion parse(String text) {
        String trimmed = text.trim();
        Matcher matcher = RELEASE.matcher(trimmed);
        if (matcher.matches()) {
            return new AsteriskVersion(number(matcher, 1), number(matcher, 2), number(matcher, 3), trimmed);
        }
        matcher = BRANCH.matcher(trimmed);
        return matcher.matches()
                ? new AsteriskVersion(number(matcher, 1), number(matcher, 2), 0, trimmed)
                : new AsteriskVersion(0, 0, 0, trimmed);
    }

    private static int number(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /** Whether the text held numbers. */
    public boolean known() {
        return major > 0;
    }

    /** Whether this version is the given one or a later one, on any line. */
    public boolean isAtLeast(int major, int minor, int patch) {
        return ORDER.compare(this, new AsteriskVersion(major, minor, patch, "")) >= 0;
    }

    @Override
    public int compareTo(AsteriskVersion other) {
        return ORDER.compare(this, other);
    }
}
