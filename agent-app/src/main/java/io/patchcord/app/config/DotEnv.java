package io.patchcord.app.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a {@code .env} file by the rules of Docker Compose: {@code #} begins a comment only after white space, single quotes
 * are literal, double quotes know {@code \n \r \t \\ \" \$}, quoted values may span lines, {@code export} is allowed, and
 * variables are replaced ({@link Interpolation}).
 *
 * <p>In one thing it is stricter: where Compose puts nothing for a variable that is not set, this is a problem here, since
 * it is nearly always a password with a dollar sign in it.
 */
final class DotEnv {

    private final String text;
    private final String file;
    private final Interpolation interpolation;
    private final Map<String, ConfigEntry> entries = new LinkedHashMap<>();
    private final List<ConfigProblem> problems;
    private int at;

    private DotEnv(String text, String file, Map<String, String> environment, List<ConfigProblem> problems) {
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.file = file;
        this.problems = problems;
        this.interpolation = new Interpolation(name -> Optional.ofNullable(environment.get(name))
                .or(() -> Optional.ofNullable(entries.get(name)).map(ConfigEntry::value)));
    }

    /** The entries of the file, of each name the last; what cannot be understood goes to the problems, without its value. */
    static List<ConfigEntry> parse(
            String text, String file, Map<String, String> environment, List<ConfigProblem> problems) {
        DotEnv parser = new DotEnv(text, file, environment, problems);
        while (parser.at < parser.text.length()) {
            parser.statement();
        }
        return List.copyOf(parser.entries.values());
    }

    private void statement() {
        skipBlanks();
        String place = file + ":" + lineNumber();
        String name = name();
        skipBlanks();
        char next = peek();
        boolean nothing = next == '\n' || next == '#';
        if (!name.isEmpty() && (next == '=' || next == ':')) {
            at++;
            assign(name, place);
        } else if (name.isEmpty() ? !nothing : next != '\n') {
            problem(name.isEmpty() ? "this line" : name, place, "write NAME=value, or # before a comment");
        }
        // A name alone asks for the environment's value, which comes first anyway.
        restOfLine();
        at++;
    }

    private String name() {
        String first = word();
        if (first.equals("export") && isBlank(peek())) {
            skipBlanks();
            return word();
        }
        return first;
    }

    private void assign(String name, String place) {
        boolean blankBefore = isBlank(peek());
        skipBlanks();
        char quote = peek();
        try {
            String value = quote == '\'' || quote == '"' ? quoted(quote) : unquoted(blankBefore);
            entries.put(name, new ConfigEntry(name, value, place));
        } catch (IllegalArgumentException e) {
            problem(name, place, String.valueOf(e.getMessage()));
        }
    }

    private String unquoted(boolean blankBefore) {
        String raw = restOfLine();
        int end = 0;
        while (end < raw.length() && !beginsComment(raw, end, blankBefore)) {
            end++;
        }
        return interpolation.apply(raw.substring(0, end).strip(), false);
    }

    private static boolean beginsComment(String raw, int index, boolean blankBefore) {
        return raw.charAt(index) == '#' && (index == 0 ? blankBefore : isBlank(raw.charAt(index - 1)));
    }

    private String quoted(char quote) {
        int start = at + 1;
        int end = start;
        while (end < text.length() && text.charAt(end) != quote) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= text.length()) {
            throw new IllegalArgumentException("the quote " + quote + " is not closed");
        }
        at = end + 1;
        String rest = restOfLine().strip();
        if (!rest.isEmpty() && !rest.startsWith("#")) {
            throw new IllegalArgumentException("text follows the closing quote; put the whole value in quotes");
        }
        String inside = text.substring(start, end);
        return quote == '"' ? interpolation.apply(inside, true) : inside.replace("\\'", "'");
    }

    private void problem(String name, String place, String remedy) {
        problems.add(new ConfigProblem(name, Optional.empty(), place, remedy));
    }

    private String word() {
        int start = at;
        while (Character.isLetterOrDigit(peek()) || peek() == '_' || peek() == '.') {
            at++;
        }
        return text.substring(start, at);
    }

    private void skipBlanks() {
        while (isBlank(peek())) {
            at++;
        }
    }

    private String restOfLine() {
        int start = Math.min(at, text.length());
        int end = text.indexOf('\n', start);
        at = end < 0 ? text.length() : end;
        return text.substring(start, at);
    }

    /** The next character; the end of the text counts as the end of a line. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\n';
    }

    private static boolean isBlank(char c) {
        return c != '\n' && Character.isWhitespace(c);
    }

    private long lineNumber() {
        return text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
    }
}
