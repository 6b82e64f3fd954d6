package io.patchcord.agent;

/**
 * What can be done with the caller's channel; implemented by the edge for each way in which calls arrive. Called on the
 * call loop, returns at once.
 */
public interface CallControl {

    /** Ends the call: the caller is hung up, or the dialplan goes on after the agent, as the way of arrival has it. */
    void hangUp();

    /**
     * Hands the caller on to an extension of the PBX.
     *
     * @param destination an extension, or {@code context,extension,priority}
     */
    void transfer(String destination);

    /** The agent gives up on the call: the dialplan goes on where it can, so that the caller reaches its fall-back. */
    void giveUp();
}
