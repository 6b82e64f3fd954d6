package io.patchcord.audiosocket;

/** A call in the role of Asterisk, in which keys can be pressed. */
public interface AudioSocketClientCall extends AudioSocketCall {

    /**
     * Presses a key.
     *
     * @return false when the call is ending
     */
    boolean sendDtmf(char digit);
}
