package io.patchcord.agent.tool;

import java.util.Map;

/** The call that a tool works on. Confined to the call loop. */
public interface ToolContext {

    /** The call's id, for logs. */
    String callId();

    /** Ends the call when everything that the agent has said so far has been heard. */
    void hangUpAfterLastWord();

    /** Hands the caller on when everything that the agent has said so far has been heard. */
    void transferAfterLastWord(String destination);

    /**
     * Gives the model other instructions for the rest of the call, from its next answer on; nothing happens with a
     * provider that cannot do that.
     */
    void changeInstructions(String instructions);

    /**
     * Lets the agent speak with another voice for the rest of the call, from its next response on; nothing happens with a
     * provider that cannot do that.
     *
     * @param voice name as the provider knows it
     */
    void changeVoice(String voice);

    /** Passes on a message that the caller left. */
    void messageTaken(Map<String, Object> message);
}
