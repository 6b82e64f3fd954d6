package io.patchcord.agent.spi;

import io.patchcord.agent.media.AudioFrame;
import java.time.Duration;

/** One call's conversation with a speech-to-speech engine. Confined to the call loop; no method blocks. */
public interface S2sSession extends AutoCloseable {

    /** What the caller's side sent, in the format of the request, frames of any length. */
    void sendAudio(AudioFrame frame);

    /** A key that the caller pressed, {@code 0-9 * # A-D}. A session that has no use for keys ignores it. */
    default void sendDtmf(char digit) {}

    /**
     * The caller does not hear the rest of a response: stop making it, and cut the history to what was heard. No more
     * audio comes of it. An id that is not known is ignored.
     *
     * @param playedOut how much of the response's audio the caller heard
     */
    void interrupt(String responseId, Duration playedOut);

    /** All audio of the response has been played to the caller. */
    default void playedOut(String responseId) {}

    /** What a tool answered to a {@link S2sEvent.ToolCall}: text, or JSON. The model goes on with it. */
    void toolResult(String callId, String result);

    /** Speaks the sentence as a response of its own. Only with {@link S2sCapabilities#say}. */
    void say(String text);

    /** Gives the model other instructions, from its next answer on. A session that cannot do that goes on as it is. */
    default void changeInstructions(String instructions) {}

    /**
     * Lets the agent speak with another voice, from its next response on. A session that cannot do that goes on as it is.
     *
     * @param voice name as the provider knows it
     */
    default void changeVoice(String voice) {}

    /** Ends the session; {@link S2sEvent.Closed} follows. Idempotent; calls that come later are ignored. */
    @Override
    void close();
}
