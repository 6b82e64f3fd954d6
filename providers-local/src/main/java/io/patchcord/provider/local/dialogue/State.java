package io.patchcord.provider.local.dialogue;

/**
 * Where a dialogue stands.
 *
 * @param step what was asked last
 * @param draft the message as far as it is known
 * @param failures how many times in a row nothing was understood
 * @param retries how many times in a row the same was asked
 * @param said what was said last
 */
record State(Step step, Draft draft, int failures, int retries, String said) {

    /** What was asked last. */
    enum Step {
        NOTHING,
        ANYTHING_ELSE,
        MESSAGE,
        NAME,
        NUMBER,
        CONFIRM
    }

    /** A message to pass on; empty is what is not known. */
    record Draft(String message, String name, String number) {

        static final Draft NONE = new Draft("", "", "");
    }

    static State initial(String greeting) {
        return new State(Step.NOTHING, Draft.NONE, 0, 0, greeting);
    }

    /** Whether a message is being taken. */
    boolean takesMessage() {
        return step == Step.MESSAGE || step == Step.NAME || step == Step.NUMBER || step == Step.CONFIRM;
    }

    State with(Step next, Draft nextDraft) {
        return new State(next, nextDraft, 0, 0, said);
    }

    /** The same is asked again. */
    State again() {
        return new State(step, draft, failures, retries + 1, said);
    }

    State failed() {
        return new State(Step.NOTHING, Draft.NONE, failures + 1, 0, said);
    }

    State having(String text) {
        return new State(step, draft, failures, retries, text);
    }
}
