package io.patchcord.audiosocket;

/** Why an {@link AudioSocketServer} did not take a connection. */
public enum Refusal {
    /** The source is not in the allow-list. */
    NOT_ALLOWED("its address is not in the allow-list"),
    /** All connections are in use. */
    SERVER_FULL("all connections are in use"),
    /** All connections of this source are in use. */
    SOURCE_FULL("all connections of this source are in use"),
    /** The UUID did not come in time. A connection that is closed before that is none of these: it is normal. */
    NO_ID("its UUID did not come in time"),
    /** The first message was no UUID. */
    NOT_AUDIOSOCKET("it does not speak AudioSocket"),
    /** The application did not want this UUID. */
    TURNED_AWAY("the application does not know its UUID");

    private final String because;

    Refusal(String because) {
        this.because = because;
    }

    String because() {
        return because;
    }
}
