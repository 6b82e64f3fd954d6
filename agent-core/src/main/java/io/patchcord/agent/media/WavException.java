package io.patchcord.agent.media;

/** A WAV file cannot be read as what we need. The message says what is wrong and what to do instead. */
public final class WavException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String source;

    WavException(String source, String problem) {
        super(source + ": " + problem);
        this.source = source;
    }

    /** The file, or whatever name the stream was given. */
    public String source() {
        return source;
    }
}
