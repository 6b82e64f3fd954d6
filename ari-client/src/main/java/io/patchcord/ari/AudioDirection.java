package io.patchcord.ari;

import java.util.Locale;

/** Which way audio flows; {@link #IN} is what comes from the channel's own party, {@link #OUT} what it hears. */
public enum AudioDirection {
    NONE,
    IN,
    OUT,
    BOTH;

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
