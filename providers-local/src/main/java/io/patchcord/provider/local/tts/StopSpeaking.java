package io.patchcord.provider.local.tts;

/** Leaves the middle of an utterance that nobody wants any more. Not an error; carries no stack. */
final class StopSpeaking extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StopSpeaking() {
        super("stopped", null, false, false);
    }
}
