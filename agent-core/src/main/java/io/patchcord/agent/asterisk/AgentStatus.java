package io.patchcord.agent.asterisk;

/**
 * How the agent is, at one moment.
 *
 * @param audioSocketAddress where it listens, host:port
 * @param ari whether and how ARI is connected
 * @param asteriskVersion empty if not known
 * @param problem what an administrator should mend; empty if all is well
 * @param activeCalls conversations at this moment
 * @param totalCalls conversations since the start
 */
public record AgentStatus(
        String audioSocketAddress,
        AriState ari,
        String asteriskVersion,
        String problem,
        int activeCalls,
        long totalCalls) {

    /** The connection to ARI. */
    public enum AriState {
        /** No ARI is configured: only calls of AudioSocket() in the dialplan are taken. */
        NOT_CONFIGURED,
        CONNECTED,
        DISCONNECTED
    }
}
