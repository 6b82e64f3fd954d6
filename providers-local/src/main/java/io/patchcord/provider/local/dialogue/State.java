package io.patchcord.provider.local.dialogue;

/**
 * Where a dialogue stands.
 *
 * @param step what was asked last
 * @param draft the message as far as it is known
 * @param failures how many times in a row nothing was understood
 * @param retries how many times in a row the same was asked
 * @param offered what the caller was asked whether they want, of kind UNKNOWN if they were not
 * @param said what was said last
 */
record State(Step step, Draft draft, int failures, int retries, Intent offered, String said) {

    private static final Intent NOTHING_OFFERED = Intent.of(Intent.Kind.UNKNOWN);

    /** What was asked last. */
    enum Step {
        NOTHING,
        ANYTHING_ELSE,
        IS_IT_THAT,
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
        return new State(Step.NOTHING, Draft.NONE, 0, 0, NOTHING_OFFERED, greeting);
    }

    /** Whether a message is being taken. */
    boolean takesMessage() {
        return step == Step.MESSAGE || step == Step.NAME || step == Step.NUMBER || step == Step.CONFIRM;
    }

    State with(Step next, Draft nextDraft) {
        return new State(next, nextDraft, 0, 0, NOTHING_OFFERED, said);
    }

    /** The caller is asked whether it is that. */
    State offering(Intent intent) {
        return new State(Step.IS_IT_THAT, Draft.NONE, 0, 0, intent, said);
    }

    /** The same is asked again. */
    State again() {
        return new State(step, draft, failures, retries + 1, offered, said);
    }

    State failed() {
        return new State(Step.NOTHING, Draft.NONE, failures + 1, 0, NOTHING_OFFERED, said);
    }

    State having(String text) {
        return new State(step, draft, failures, retries, offered, text);
    }
}
