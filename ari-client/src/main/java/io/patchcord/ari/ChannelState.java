package io.patchcord.ari;

/** What a channel is doing, as Asterisk names it. */
public enum ChannelState {
    DOWN,
    RSRVED,
    OFFHOOK,
    DIALING,
    /** An incoming call that has not been answered. */
    RING,
    /** An outgoing call that rings at the other end. */
    RINGING,
    /** Answered. */
    UP,
    BUSY,
    DIALING_OFFHOOK,
    PRE_RING,
    /** Asterisk's own {@code Unknown}, and any word that this version of the client has not heard of. */
    UNKNOWN
}
