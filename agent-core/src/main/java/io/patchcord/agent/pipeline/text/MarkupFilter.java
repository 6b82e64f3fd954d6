package io.patchcord.agent.pipeline.text;

/**
 * Takes the mark-up out of a language model's text while it comes in, character by character: Markdown, HTML tags, and what
 * stands between {@code <think>} and {@code </think>}. Code blocks are left out, links keep their text.
 *
 * <p>Gives out plain characters; a line feed among them is a break that must be heard (a new item, heading or paragraph),
 * other line ends have become spaces. It holds a character back only as long as the next ones can change its meaning, so the
 * output does not depend on how the input was cut. Confined to one thread.
 */
final class MarkupFilter {

    /** Takes the plain characters. */
    interface Output {
        void accept(char c);
    }

    private static final char BREAK = '\n';
    private static final String STOPS = ".,;:!?";
    private static final String QUOTES = "\"'“”‘’()";

    private final Output output;
    private final LineStart lineStart = new LineStart();

    private Mode mode = Mode.LINE_START;
    /** Characters whose meaning is open; which they are depends on the mode. */
    private final StringBuilder held = new StringBuilder();

    private String closingTag = "";
    private int linkDepth;
    private boolean inCode;
    /** A line has ended, and whether that is to be heard shows at the start of the next one. */
    private boolean lineEnded;

    private boolean breakDue;
    private boolean breakAfterLine;
    private char last = BREAK;

    private enum Mode {
        LINE_START,
        TEXT,
        /** A run of one kind of emphasis mark: {@code * _ ~}. */
        MARKS,
        /** A star and digits. */
        DIALLED_CODE,
        BACKTICKS,
        ESCAPE,
        EXCLAMATION,
        /** After {@code [}, as long as it can be a footnote or a check box. */
        BRACKET,
        AFTER_BRACKET,
        LINK_TARGET,
        TAG,
        THINKING,
        CODE_BLOCK,
        /** Marks of a source that some models put in: {@code 【4:0†source】}. */
        CITATION
    }

    MarkupFilter(Output output) {
        this.output = output;
    }

    void accept(char c) {
        if (c == '\r') {
            return;
        }
        switch (mode) {
            case LINE_START -> atLineStart(c);
            case TEXT -> inText(c);
            case MARKS -> afterMarks(c);
            case DIALLED_CODE -> inDialledCode(c);
            case BACKTICKS -> afterBackticks(c);
            case ESCAPE -> afterBackslash(c);
            case EXCLAMATION -> afterExclamation(c);
            case BRACKET -> inBracket(c);
            case AFTER_BRACKET -> afterBracket(c);
            case LINK_TARGET -> inLinkTarget(c);
            case TAG -> inTag(c);
            case THINKING -> inThinking(c);
            case CODE_BLOCK -> inCodeBlock(c);
            case CITATION -> inCitation(c);
        }
    }

    /** The text is over: what was held back is given out as far as it is text. */
    void finish() {
        switch (mode) {
            case LINE_START -> {
                if (lineStart.collected().startsWith("|")) {
                    tableRow();
                } else if (!lineStart.isMarkupAtEnd()) {
                    leaveLineStart();
                    finish();
                }
            }
            case MARKS -> afterMarks(' ');
            case DIALLED_CODE -> emitDialledCode();
            case ESCAPE -> emit('\\');
            case EXCLAMATION -> emit('!');
            case BRACKET, TAG -> emitHeld();
            default -> {}
        }
        held.setLength(0);
        mode = Mode.TEXT;
    }

    private void atLineStart(char c) {
        switch (lineStart.accept(c)) {
            case UNDECIDED -> {}
            case TEXT -> leaveLineStart();
            case BLANK -> {
                breakDue = true;
                lineStart.reset();
            }
            case RULE -> {
                breakDue = true;
                endLine();
            }
            case HEADING -> {
                breakDue = true;
                startText();
                breakAfterLine = true;
            }
            case ITEM -> {
                String number = lineStart.kept();
                breakDue = true;
                startText();
                emit(number);
            }
            case QUOTE -> lineStart.reset();
            case TABLE_ROW -> tableRow();
            case CODE_BLOCK -> {
                breakDue = true;
                held.setLength(0);
                held.append(BREAK);
                mode = Mode.CODE_BLOCK;
            }
        }
    }

    /** What was collected is text after all. */
    private void leaveLineStart() {
        String collected = lineStart.collected();
        startText();
        acceptAll(collected);
    }

    private void startText() {
        String collected = lineStart.collected();
        lineStart.reset();
        mode = Mode.TEXT;
        boolean goesOn = !collected.isEmpty() && Character.isLowerCase(collected.charAt(0));
        if (breakDue || (lineEnded && !goesOn)) {
            emit(BREAK);
        }
        breakDue = false;
        lineEnded = false;
    }

    private void tableRow() {
        String row = lineStart.collected();
        boolean separator = row.chars().allMatch(c -> "|-: ".indexOf(c) >= 0);
        breakDue = true;
        if (!separator) {
            String cells = row.replaceAll("^\\|\\s*|\\s*\\|\\s*$", "").replaceAll("\\s*\\|\\s*", ", ");
            startText();
            acceptAll(cells);
            breakAfterLine = true;
            accept(BREAK);
        } else {
            endLine();
        }
    }

    private void endLine() {
        emit(' ');
        lineEnded = true;
        breakDue |= breakAfterLine;
        breakAfterLine = false;
        inCode = false;
        lineStart.reset();
        mode = Mode.LINE_START;
    }

    private void inText(char c) {
        if (c == '`') {
            hold(c, Mode.BACKTICKS);
        } else if (c == BREAK) {
            endLine();
        } else if (inCode) {
            emit(c);
        } else {
            switch (c) {
                case '*', '_', '~' -> hold(c, Mode.MARKS);
                case '\\' -> mode = Mode.ESCAPE;
                case '!' -> mode = Mode.EXCLAMATION;
                case '[' -> hold(c, Mode.BRACKET);
                case ']' -> mode = Mode.AFTER_BRACKET;
                case '<' -> hold(c, Mode.TAG);
                case '【' -> mode = Mode.CITATION;
                default -> emit(c);
            }
        }
    }

    private void hold(char c, Mode next) {
        held.setLength(0);
        held.append(c);
        mode = next;
    }

    private void afterMarks(char c) {
        char mark = held.charAt(0);
        if (c == mark) {
            held.append(c);
            return;
        }
        if (mark == '*' && held.length() == 1 && !Character.isLetterOrDigit(last) && Character.isDigit(c)) {
            held.append(c);
            mode = Mode.DIALLED_CODE;
            return;
        }
        if (isLiteral(mark, held.length(), c)) {
            emitHeld();
        }
        again(c);
    }

    private boolean isLiteral(char mark, int count, char next) {
        boolean alone = Character.isWhitespace(last) && Character.isWhitespace(next);
        return switch (mark) {
            case '~' -> count == 1;
            case '_' -> alone || (Character.isLetterOrDigit(last) && Character.isLetterOrDigit(next));
            default -> alone || (count == 1 && isFactorOrKey(next));
        };
    }

    private boolean isFactorOrKey(char next) {
        return (Character.isDigit(last) && Character.isDigit(next))
                || (QUOTES.indexOf(last) >= 0 && QUOTES.indexOf(next) >= 0)
                || (Character.isWhitespace(last) && STOPS.indexOf(next) >= 0);
    }

    /** "*72" is a code to be dialled, and "*72*" an emphasised number. */
    private void inDialledCode(char c) {
        if (Character.isDigit(c) || c == '*' || c == '#') {
            held.append(c);
            return;
        }
        emitDialledCode();
        again(c);
    }

    private void emitDialledCode() {
        boolean emphasised = held.indexOf("*", 1) == held.length() - 1;
        if (emphasised) {
            held.deleteCharAt(held.length() - 1).deleteCharAt(0);
        }
        emitHeld();
    }

    private void afterBackticks(char c) {
        if (c == '`') {
            return;
        }
        inCode = !inCode;
        again(c);
    }

    private void afterBackslash(char c) {
        mode = Mode.TEXT;
        boolean punctuation = c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
        if (punctuation) {
            emit(c);
        } else {
            emit('\\');
            accept(c);
        }
    }

    /** The mark of an image is dropped; its description stays, as a link's text does. */
    private void afterExclamation(char c) {
        if (c != '[') {
            emit('!');
        }
        again(c);
    }

    private void inBracket(char c) {
        if (c == ']') {
            held.setLength(0);
            mode = Mode.AFTER_BRACKET;
            return;
        }
        boolean noteOrBox = held.length() < 5
                && (Character.isDigit(c) || (held.length() == 1 && (c == '^' || c == ' ' || c == 'x' || c == 'X')));
        if (noteOrBox) {
            held.append(c);
            return;
        }
        held.deleteCharAt(0);
        emitHeld();
        again(c);
    }

    private void afterBracket(char c) {
        if (c == '(') {
            linkDepth = 1;
            mode = Mode.LINK_TARGET;
        } else {
            again(c);
        }
    }

    private void inLinkTarget(char c) {
        if (c == '(') {
            linkDepth++;
        } else if (c == ')') {
            linkDepth--;
        }
        if (linkDepth == 0) {
            mode = Mode.TEXT;
        } else if (c == BREAK) {
            again(c);
        }
    }

    private void inTag(char c) {
        held.append(c);
        if (c == '>') {
            endOfTag();
            return;
        }
        if (!Tag.canBegin(held)) {
            held.setLength(held.length() - 1);
            emitHeld();
            again(c);
        }
    }

    private void endOfTag() {
        Tag tag = Tag.of(held.substring(1, held.length() - 1));
        mode = Mode.TEXT;
        switch (tag.kind()) {
            case THINKING -> {
                closingTag = tag.closing();
                held.setLength(0);
                mode = Mode.THINKING;
            }
            case BREAK -> emit(BREAK);
            case ADDRESS -> emit(tag.content());
            case MARKUP -> {}
            case TEXT -> emitHeld();
        }
    }

    private void inThinking(char c) {
        held.append(Character.toLowerCase(c));
        if (held.length() > closingTag.length()) {
            held.deleteCharAt(0);
        }
        if (held.toString().equals(closingTag)) {
            held.setLength(0);
            lineStart.reset();
            mode = Mode.LINE_START;
        }
    }

    /** Ends with three marks of the kind it began with, at the start of a line or in its very first one. */
    private void inCodeBlock(char c) {
        held.append(c);
        String line = held.toString().strip();
        if (c == BREAK) {
            held.setLength(0);
        } else if (line.length() >= 3 && line.endsWith(lineStart.fence())) {
            held.setLength(0);
            mode = Mode.TEXT;
            lineEnded = false;
        }
    }

    private void inCitation(char c) {
        if (c == '】') {
            mode = Mode.TEXT;
        } else if (c == BREAK) {
            again(c);
        }
    }

    private void again(char c) {
        held.setLength(0);
        mode = Mode.TEXT;
        inText(c);
    }

    private void acceptAll(String text) {
        for (int i = 0; i < text.length(); i++) {
            accept(text.charAt(i));
        }
    }

    private void emitHeld() {
        String text = held.toString();
        held.setLength(0);
        emit(text);
    }

    private void emit(String text) {
        for (int i = 0; i < text.length(); i++) {
            emit(text.charAt(i));
        }
    }

    private void emit(char c) {
        last = c;
        output.accept(c);
    }
}
