package io.patchcord.agent.contract;

import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * Messages of a service at random: each made from a pattern of its protocol, with ids from few, so that they mostly fit, and
 * some of them spoilt.
 */
public final class MessageTurmoil {

    private static final List<String> SPOILT_VALUES =
            List.of("null", "7", "-1", "1e99", "\"\"", "[]", "{}", "[null]", "true", "\"\\u0000\\ud800\"");

    private final Random random;
    private final List<String> patterns;
    private String last = "";

    /**
     * @param patterns JSON in which {@code <r>}, {@code <i>}, or any other lower-case letter in brackets stands for one of three
     *     ids that begin with it, {@code <N>} for a number, {@code <W>} for words, and {@code <A>} for audio in base64
     */
    public MessageTurmoil(Random random, List<String> patterns) {
        this.random = random;
        this.patterns = List.copyOf(patterns);
    }

    /** The next one, of text. */
    public String next() {
        if (random.nextInt(20) == 0 && !last.isEmpty()) {
            return last;
        }
        String message = filled(patterns.get(random.nextInt(patterns.size())));
        last = switch (random.nextInt(25)) {
            case 0 -> message.substring(0, random.nextInt(message.length()));
            case 1, 2, 3 -> withAValueSpoilt(message);
            case 4 -> message.replaceFirst("\\}$", ",\"next_year\":{\"a\":[1]}}");
            default -> message;
        };
        return last;
    }

    private String filled(String pattern) {
        StringBuilder message = new StringBuilder();
        for (int at = 0; at < pattern.length(); at++) {
            boolean slot = pattern.charAt(at) == '<' && at + 2 < pattern.length() && pattern.charAt(at + 2) == '>';
            message.append(slot ? value(pattern.charAt(at + 1)) : String.valueOf(pattern.charAt(at)));
            at += slot ? 2 : 0;
        }
        return message.toString();
    }

    private String value(char slot) {
        return switch (slot) {
            case 'N' -> String.valueOf(random.nextInt(5_000));
            case 'W' -> random.nextInt(5) == 0 ? "" : "word" + random.nextInt(20) + " and more.";
            case 'A' -> audio();
            default -> slot + String.valueOf(1 + random.nextInt(3));
        };
    }

    private String audio() {
        byte[] data = new byte[random.nextInt(10) == 0 ? random.nextInt(20_000) : random.nextInt(500)];
        random.nextBytes(data);
        String text = Base64.getEncoder().encodeToString(data);
        return random.nextInt(20) == 0 ? text + "!" : text;
    }

    /** One of its values, but mostly not its type, is another one. */
    private String withAValueSpoilt(String message) {
        List<Integer> colons = message.chars().filter(c -> c == ':').boxed().toList();
        int which = random.nextInt(colons.size());
        int at = -1;
        for (int i = 0; i <= which; i++) {
            at = message.indexOf(':', at + 1);
        }
        int end = at + 1;
        int depth = 0;
        boolean quoted = false;
        while (end < message.length()) {
            char c = message.charAt(end);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '{' || c == '[')) {
                depth++;
            } else if (!quoted && (c == '}' || c == ']' || c == ',')) {
                if (depth == 0) {
                    break;
                }
                depth -= c == ',' ? 0 : 1;
            }
            end++;
        }
        String spoilt = SPOILT_VALUES.get(random.nextInt(SPOILT_VALUES.size()));
        return message.substring(0, at + 1) + spoilt + message.substring(end);
    }
}
