package io.patchcord.agent.asterisk;

import io.patchcord.ari.DialplanTarget;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a caller is sent: an extension, or {@code context,extension,priority}.
 *
 * @param context empty: the one in which transfers are made
 * @param extension to dial
 * @param priority from 1
 */
record Destination(String context, String extension, int priority) {

    private static final Pattern COMMA = Pattern.compile(",");

    static Destination parse(String text) {
        List<String> parts = COMMA.splitAsStream(text).map(String::strip).toList();
        return switch (parts.size()) {
            case 1 -> new Destination("", parts.get(0), 1);
            case 2 -> new Destination(parts.get(0), parts.get(1), 1);
            default -> new Destination(parts.get(0), parts.get(1), Integer.parseInt(parts.get(2)));
        };
    }

    /** With the context in which transfers are made where none was given. */
    Destination orIn(String defaultContext) {
        return context.isEmpty() ? new Destination(defaultContext, extension, priority) : this;
    }

    DialplanTarget target() {
        return DialplanTarget.of(context, extension, priority);
    }

    /** As {@code Goto} in the dialplan takes it. */
    @Override
    public String toString() {
        return context + "," + extension + "," + priority;
    }
}
