package io.patchcord.agent;

import io.patchcord.agent.media.FrameClock;
import java.time.Duration;
import java.util.Map;

/** What happens in a call, for listeners, logs and records. */
public sealed interface CallEvent {

    /** The caller can be heard and can hear. The first event, but for a call that ends before. */
    record Connected() implements CallEvent {}

    /** What the caller said in one turn. */
    record CallerSaid(String text) implements CallEvent {}

    /** A key that the caller pressed. */
    record CallerPressed(char digit) implements CallEvent {}

    /** Words that the agent says; the caller may not hear all of them. */
    record AgentSaid(String responseId, String text) implements CallEvent {}

    /** The first frame of an answer to a turn has left. */
    record Answered(TurnLatency latency) implements CallEvent {}

    /** The caller cut the agent short. */
    record Interrupted(String responseId, Duration playedOut) implements CallEvent {}

    /** The model used a tool. */
    record ToolUsed(String name, Map<String, Object> arguments, String result) implements CallEvent {}

    /** A message that the caller left. */
    record MessageTaken(Map<String, Object> message) implements CallEvent {}

    /** The call is over for the agent. The last event. */
    record Ended(EndReason reason, Duration duration, FrameClock.Snapshot frameClock) implements CallEvent {}

    /** Why a call ended. */
    enum EndReason {
        /** The caller's side ended it. */
        CALLER_HUNG_UP,
        /** The agent ended it. */
        AGENT_HUNG_UP,
        /** The agent handed the caller on. */
        TRANSFERRED,
        /** The provider failed and no other could go on. */
        PROVIDER_FAILED,
        /** The audio connection broke. */
        MEDIA_FAILED,
        /** It lasted longer than the profile allows. */
        TOO_LONG,
        /** The agent is shutting down. */
        SHUTDOWN,
        /** The call asked for something that this agent does not have. */
        REFUSED
    }
}
