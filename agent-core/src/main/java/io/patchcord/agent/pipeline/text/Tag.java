package io.patchcord.agent.pipeline.text;

import java.util.Locale;
import java.util.Set;

/**
 * What stands between angle brackets, and what it means to somebody who listens.
 *
 * @param content without the brackets
 * @param name of the element, in small letters
 */
record Tag(String content, String name) {

    private static final Set<String> THINKING = Set.of("think", "thinking", "thought", "reasoning", "reflection");
    private static final Set<String> BREAKING = Set.of("br", "p", "li", "ul", "ol", "div", "tr", "h1", "h2", "h3");

    /** Longer than any tag that a model writes. */
    private static final int LONGEST = 200;

    /** What becomes of it. */
    enum Kind {
        /** What follows is not for the caller, up to the {@link Tag#closing closing tag}. */
        THINKING,
        /** It is heard as a break. */
        BREAK,
        /** An address in brackets, of which the address is text. */
        ADDRESS,
        /** It is not heard. */
        MARKUP,
        /** No tag at all. */
        TEXT
    }

    static Tag of(String content) {
        return new Tag(
                content, content.replaceFirst("^/", "").split("[\\s/]", 2)[0].toLowerCase(Locale.ROOT));
    }

    /** Whether what has come so far, from the opening bracket on, can become a tag yet. */
    static boolean canBegin(CharSequence text) {
        char last = text.charAt(text.length() - 1);
        boolean begins = text.length() > 2 || Character.isLetter(last) || "/!|".indexOf(last) >= 0;
        return begins && last != '\n' && last != '<' && text.length() <= LONGEST;
    }

    Kind kind() {
        if (THINKING.contains(name) && !content.startsWith("/")) {
            return Kind.THINKING;
        }
        if (BREAKING.contains(name)) {
            return Kind.BREAK;
        }
        if (content.contains("://") || content.contains("@")) {
            return Kind.ADDRESS;
        }
        return isMarkup() ? Kind.MARKUP : Kind.TEXT;
    }

    private boolean isMarkup() {
        boolean special = content.startsWith("!") || content.startsWith("|");
        return special || (name.matches("[a-z][a-z0-9-]*") && content.matches("/?[\\w-]+(\\s+[^<>]*=[^<>]*|\\s*)/?"));
    }

    String closing() {
        return "</" + name + ">";
    }
}
