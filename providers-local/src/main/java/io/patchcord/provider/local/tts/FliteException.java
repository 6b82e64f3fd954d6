package io.patchcord.provider.local.tts;

/** flite came to grief: a mistake in it or in how we drive it. The utterance is lost; the next one gets a fresh instance. */
final class FliteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FliteException(String message) {
        super(message);
    }

    FliteException(String message, Throwable cause) {
        super(message, cause);
    }
}
