package io.patchcord.provider.local.dialogue;

import java.util.Map;
import java.util.Optional;

/**
 * What the receptionist says and does.
 *
 * @param text what is said
 * @param action the tool that is called afterwards
 * @param next where the dialogue stands then
 */
record Reply(String text, Optional<Action> action, State next) {

    /** A tool and what it is given. */
    record Action(String tool, Map<String, Object> arguments) {}

    static Reply of(String text, State next) {
        return new Reply(text, Optional.empty(), next.having(text));
    }

    static Reply of(String text, State next, String tool, Map<String, Object> arguments) {
        return new Reply(text, Optional.of(new Action(tool, arguments)), next.having(text));
    }
}
