package io.patchcord.app.caller;

import io.patchcord.agent.media.AudioFrame;

/** One thing that the caller does when it is its turn, and expects an answer to. */
public sealed interface CallerStep {

    /** What it is, for the report. */
    String label();

    /**
     * Says something.
     *
     * @param label the words, or the name of the file
     * @param audio linear, 8 kHz
     */
    record Say(String label, AudioFrame audio) implements CallerStep {}

    /** Presses keys. */
    record Press(String digits) implements CallerStep {
        @Override
        public String label() {
            return "keys " + digits;
        }
    }
}
