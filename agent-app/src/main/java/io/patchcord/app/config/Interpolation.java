package io.patchcord.app.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * Replaces {@code $NAME}, {@code ${NAME}}, {@code ${NAME-default}} and {@code ${NAME:-default}} in a value of a {@code .env}
 * file; {@code $$} and {@code \$} stand for a dollar sign. A dollar sign before anything else stays what it is.
 */
final class Interpolation {

    private final Function<String, Optional<String>> variables;

    Interpolation(Function<String, Optional<String>> variables) {
        this.variables = variables;
    }

    /**
     * The value with its variables replaced.
     *
     * @param escapes whether {@code \n \r \t \\ \"} are understood, as they are between double quotes
     * @throws IllegalArgumentException that says what is wrong, without the value
     */
    String apply(String raw, boolean escapes) {
        StringBuilder value = new StringBuilder();
        int i = 0;
        while (i < raw.length()) {
            char c = raw.charAt(i);
            char next = i + 1 < raw.length() ? raw.charAt(i + 1) : ' ';
            if (c == '\\' && (next == '$' || (escapes && "nrt\\\"".indexOf(next) >= 0))) {
                value.append(unescaped(next));
                i += 2;
            } else if (c == '$' && next == '$') {
                value.append('$');
                i += 2;
            } else if (c == '$' && next == '{') {
                int end = closingBrace(raw, i);
                value.append(braced(raw.substring(i + 2, end)));
                i = end + 1;
            } else if (c == '$' && (Character.isLetter(next) || next == '_')) {
                int end = endOfName(raw, i + 1);
                value.append(required(raw.substring(i + 1, end)));
                i = end;
            } else {
                value.append(c);
                i++;
            }
        }
        return value.toString();
    }

    private String braced(String expression) {
        int end = endOfName(expression, 0);
        String name = expression.substring(0, end);
        String rest = expression.substring(end);
        if (rest.startsWith(":-")) {
            return variables.apply(name).filter(text -> !text.isEmpty()).orElse(rest.substring(2));
        }
        if (rest.startsWith("-")) {
            return variables.apply(name).orElse(rest.substring(1));
        }
        if (name.isEmpty() || !rest.isEmpty()) {
            throw new IllegalArgumentException(
                    "write ${NAME} or ${NAME:-default}; put the value in single quotes if $ is a dollar sign");
        }
        return required(name);
    }

    private String required(String name) {
        return variables
                .apply(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "a variable after $ is not set; put the value in single quotes if $ is a dollar sign"));
    }

    private static int closingBrace(String raw, int start) {
        int end = raw.indexOf('}', start);
        if (end < 0) {
            throw new IllegalArgumentException(
                    "${ is not closed; put the value in single quotes if $ is a dollar sign");
        }
        return end;
    }

    private static int endOfName(String raw, int start) {
        int end = start;
        while (end < raw.length() && (Character.isLetterOrDigit(raw.charAt(end)) || raw.charAt(end) == '_')) {
            end++;
        }
        return end;
    }

    private static char unescaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> c;
        };
    }
}
