package io.patchcord.audiosocket;

/**
 * What a program does in one {@link AudioSocketCall}. All calls come on the same thread, one after the other, and none
 * after {@link #onClosed}. Other calls share that thread, so nothing here may block for more than a millisecond or so.
 * An exception ends the call.
 */
@FunctionalInterface
public interface AudioSocketCallHandler {

    /**
     * The other side has said something: at least one sample, in packets of whatever length the caller's telephone sends.
     * Nothing comes while that telephone is silent or on hold.
     *
     * @param pcm 16-bit little-endian samples; the array is the handler's to keep
     */
    void onAudio(AudioKind kind, byte[] pcm);

    /** The other side pressed a key. */
    default void onDtmf(char digit) {}

    /**
     * All that was given to {@link AudioSocketCall#play} has been played, and nothing was dropped by
     * {@link AudioSocketCall#clear}. What is played now follows without a gap.
     */
    default void onPlayedOut() {}

    /** The call is over. */
    default void onClosed(CloseReason reason) {}
}
