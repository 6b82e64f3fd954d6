package io.patchcord.audiosocket;

/** A connection in the role of Asterisk: audio may be of any length here, and digits can be sent. */
public interface AudioSocketClientConnection extends AudioSocketConnection {

    /**
     * Sends one released key.
     *
     * @return false when the connection is ending
     */
    boolean sendDtmf(char digit);
}
