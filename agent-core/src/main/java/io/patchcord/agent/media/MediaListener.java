package io.patchcord.agent.media;

/** What a {@link MediaPort} tells, always on the call loop; nothing comes after {@link #onClosed}. */
public interface MediaListener {

    /** A frame as the caller's side packs them: of any length, with gaps, none at all while the caller is on hold. */
    void onAudio(AudioFrame frame);

    /** A key, reported when it is released: {@code 0-9 * # A-D}. */
    void onDtmf(char digit);

    /** The audio is over. Called once, whoever ended it. */
    void onClosed(CloseReason reason);

    /** Who or what ended the audio. */
    enum CloseReason {
        /** We called {@link MediaPort#close}. */
        LOCAL,
        /** The far side ended it, as on a hang-up. */
        REMOTE,
        /** The connection failed or the peer broke the protocol; the log of the transport says how. */
        FAILED
    }
}
