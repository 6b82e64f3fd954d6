package io.patchcord.agent.pipeline.text;

/** Tells from the first characters of a line of Markdown what kind of line it is. Confined to one thread. */
final class LineStart {

    /** What the line turned out to be. */
    enum Kind {
        UNDECIDED,
        /** Nothing special; what was collected belongs to the text. */
        TEXT,
        BLANK,
        HEADING,
        /** Of a list. */
        ITEM,
        /** The mark only; the line goes on after it. */
        QUOTE,
        /** A whole row was collected. */
        TABLE_ROW,
        /** A line across the page. */
        RULE,
        CODE_BLOCK
    }

    private static final String BULLETS = "-+*•◦▪–";
    private static final int LONGEST_NUMBER = 3;
    private static final int LONGEST_ROW = 1_000;

    private final StringBuilder line = new StringBuilder();
    private String kept = "";
    private String fence = "";

    Kind accept(char c) {
        if (line.length() == 0 && (c == ' ' || c == '\t')) {
            return Kind.UNDECIDED;
        }
        line.append(c);
        char first = line.charAt(0);
        if (first == '\n') {
            return Kind.BLANK;
        }
        if (first == '>') {
            return Kind.QUOTE;
        }
        if (first == '|') {
            return row(c);
        }
        if (first == '#') {
            return heading(c);
        }
        if (first == '`' || first == '~') {
            return fence(first);
        }
        if (first == '_' || BULLETS.indexOf(first) >= 0) {
            return bulletOrRule(first, c);
        }
        return Character.isDigit(first) ? number(c) : Kind.TEXT;
    }

    /** What was taken of the line, without the spaces in front. */
    String collected() {
        return line.toString();
    }

    /** What of an item's mark stays in the text: its number. */
    String kept() {
        return kept;
    }

    /** What ends the code block. */
    String fence() {
        return fence;
    }

    /** Whether what was collected is mark-up even though the text ends here. */
    boolean isMarkupAtEnd() {
        return line.chars().allMatch(c -> "#>|-_*`~ ".indexOf(c) >= 0);
    }

    void reset() {
        line.setLength(0);
        kept = "";
    }

    private Kind row(char c) {
        if (c == '\n') {
            line.setLength(line.length() - 1);
            return Kind.TABLE_ROW;
        }
        return line.length() > LONGEST_ROW ? Kind.TEXT : Kind.UNDECIDED;
    }

    private Kind heading(char c) {
        if (c == '#' && line.length() <= 6) {
            return Kind.UNDECIDED;
        }
        if (c == ' ') {
            line.setLength(0);
            return Kind.HEADING;
        }
        return Kind.TEXT;
    }

    private Kind fence(char mark) {
        if (!allAre(mark)) {
            return Kind.TEXT;
        }
        if (line.length() < 3) {
            return Kind.UNDECIDED;
        }
        fence = line.toString();
        return Kind.CODE_BLOCK;
    }

    private Kind bulletOrRule(char first, char c) {
        if (allAre(first)) {
            return Kind.UNDECIDED;
        }
        int marks = line.length() - 1;
        if (c == '\n' && marks >= 3) {
            return Kind.RULE;
        }
        if (c == ' ' && marks == 1 && first != '_') {
            line.setLength(0);
            return Kind.ITEM;
        }
        return Kind.TEXT;
    }

    private Kind number(char c) {
        int length = line.length();
        char before = length > 1 ? line.charAt(length - 2) : ' ';
        if (Character.isDigit(c)) {
            return length <= LONGEST_NUMBER && Character.isDigit(line.charAt(0)) && isDigits(length)
                    ? Kind.UNDECIDED
                    : Kind.TEXT;
        }
        if ((c == '.' || c == ')') && Character.isDigit(before)) {
            return Kind.UNDECIDED;
        }
        if (c == ' ' && (before == '.' || before == ')')) {
            kept = line.substring(0, length - 2) + ". ";
            return Kind.ITEM;
        }
        return Kind.TEXT;
    }

    private boolean isDigits(int length) {
        return line.chars().limit(length).allMatch(Character::isDigit);
    }

    private boolean allAre(char mark) {
        return line.chars().allMatch(c -> c == mark);
    }
}
