package io.patchcord.agent;

/**
 * What is known about a call when its conversation begins. Everything but the id may be empty: a call that comes by
 * {@code AudioSocket()} in the dialplan brings nothing but a UUID.
 *
 * @param callId ours, in every log line and record of the call
 * @param arrival how it came
 * @param channelId the caller's channel in Asterisk
 * @param callerNumber as Asterisk shows it
 * @param callerName as Asterisk shows it
 * @param extension that was dialled
 * @param provider that talks
 * @param profile by its name
 */
public record CallContext(
        String callId,
        Arrival arrival,
        String channelId,
        String callerNumber,
        String callerName,
        String extension,
        String provider,
        String profile) {

    /** How a call reached the agent. */
    public enum Arrival {
        /** Through an ARI application. */
        STASIS,
        /** Through AudioSocket in the dialplan. */
        AUDIOSOCKET
    }
}
