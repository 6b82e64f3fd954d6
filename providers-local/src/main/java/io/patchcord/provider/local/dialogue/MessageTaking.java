package io.patchcord.provider.local.dialogue;

import io.patchcord.provider.local.dialogue.Intent.Kind;
import io.patchcord.provider.local.dialogue.State.Draft;
import io.patchcord.provider.local.dialogue.State.Step;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Asks for a message, a name and a number, and has it confirmed. Stateless. */
final class MessageTaking {

    static final String TOOL = "take_message";

    private static final int FEWEST_DIGITS = 5;
    private static final int MOST_RETRIES = 1;

    private MessageTaking() {}

    static Reply begin(State state) {
        return Reply.of(Phrases.ASK_MESSAGE, state.with(Step.MESSAGE, Draft.NONE));
    }

    /** Goes on with what the caller said to the last question. */
    static Reply answer(State state, String text) {
        String words = Words.of(text);
        Optional<Kind> plain = PlainWords.intent(words).map(Intent::kind);
        if (plain.equals(Optional.of(Kind.REPEAT))) {
            return Reply.of(state.said(), state);
        }
        if (PlainWords.isCancel(words)) {
            return Reply.of(Phrases.ALL_RIGHT, state.with(Step.ANYTHING_ELSE, Draft.NONE));
        }
        return switch (state.step()) {
            case MESSAGE -> message(state, text, plain);
            case NAME -> name(state, text);
            case NUMBER -> number(state, words, plain);
            default -> confirmation(state, words, plain);
        };
    }

    private static Reply message(State state, String text, Optional<Kind> plain) {
        if (plain.isPresent()) {
            return plain.get() == Kind.FAREWELL || plain.get() == Kind.NO
                    ? Reply.of(Phrases.ALL_RIGHT, state.with(Step.ANYTHING_ELSE, Draft.NONE))
                    : Reply.of(Phrases.ASK_MESSAGE, state.again());
        }
        return Reply.of(Phrases.ASK_NAME, state.with(Step.NAME, new Draft(text.strip(), "", "")));
    }

    private static Reply name(State state, String text) {
        Optional<String> name = SpokenName.in(text);
        if (name.isEmpty() && state.retries() < MOST_RETRIES) {
            return Reply.of(Phrases.ASK_NAME_AGAIN, state.again());
        }
        Draft draft = new Draft(state.draft().message(), name.orElse(""), "");
        return Reply.of(Phrases.ASK_NUMBER, state.with(Step.NUMBER, draft));
    }

    private static Reply number(State state, String words, Optional<Kind> plain) {
        String number = SpokenNumber.digits(words);
        boolean none = plain.equals(Optional.of(Kind.NO))
                || words.matches(
                        ".*\\b(?:no number|don't have (?:a|one)|they have it|has my number|have my number)\\b.*");
        if (number.length() < FEWEST_DIGITS && !none && state.retries() < MOST_RETRIES) {
            return Reply.of(Phrases.ASK_NUMBER_AGAIN, state.again());
        }
        return withNumber(state, number.length() < FEWEST_DIGITS ? "" : number);
    }

    /** The caller keyed the number in. */
    static Reply keyed(State state, String number) {
        return number.length() < FEWEST_DIGITS
                ? Reply.of(Phrases.ASK_NUMBER_AGAIN, state.again())
                : withNumber(state, number);
    }

    private static Reply withNumber(State state, String number) {
        State next = state.with(
                Step.CONFIRM, new Draft(state.draft().message(), state.draft().name(), number));
        return Reply.of(readBack(next.draft()), next);
    }

    private static String readBack(Draft draft) {
        String message = draft.message().matches(".*[.?!]") ? draft.message() : draft.message() + ".";
        String name = draft.name().isEmpty() ? "" : " From " + draft.name() + ".";
        String number = draft.number().isEmpty() ? "" : " The number is " + SpokenNumber.readable(draft.number()) + ".";
        return Phrases.READ_BACK + " " + message + name + number + " " + Phrases.IS_THAT_RIGHT;
    }

    private static Reply confirmation(State state, String words, Optional<Kind> plain) {
        if (plain.equals(Optional.of(Kind.NO)) || words.matches("no\\b.*")) {
            return Reply.of(Phrases.ASK_MESSAGE_AGAIN, state.with(Step.MESSAGE, Draft.NONE));
        }
        boolean yes = plain.equals(Optional.of(Kind.YES)) || words.matches("(?:yes|yeah|yep|correct|right|sure)\\b.*");
        if (!yes && plain.isEmpty() && state.retries() < MOST_RETRIES) {
            return Reply.of(Phrases.YES_OR_NO, state.again());
        }
        // Whoever gives no clear answer still left a message; it is not thrown away.
        return Reply.of(Phrases.NOTED, state.with(Step.ANYTHING_ELSE, Draft.NONE), TOOL, arguments(state.draft()));
    }

    private static Map<String, Object> arguments(Draft draft) {
        Map<String, Object> arguments = new HashMap<>();
        arguments.put("message", draft.message());
        if (!draft.name().isEmpty()) {
            arguments.put("name", draft.name());
        }
        if (!draft.number().isEmpty()) {
            arguments.put("callback", draft.number());
        }
        return arguments;
    }
}
