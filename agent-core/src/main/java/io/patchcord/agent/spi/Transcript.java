package io.patchcord.agent.spi;

/**
 * What was recognised.
 *
 * @param text punctuated if the engine can; empty if nothing was understood
 */
public record Transcript(String text) {

    public static final Transcript EMPTY = new Transcript("");

    public boolean isEmpty() {
        return text.isBlank();
    }
}
