package io.patchcord.agent.turn;

/** The caller speaks, or pauses within the turn. */
final class CallerSpeaking extends TurnState {

    /** The agent says something on its own account, such as a tool's news, into the caller's turn: the policy decides. */
    @Override
    TurnState agentStarted(TurnTracker tracker) {
        return tracker.policy().allowed() ? new Overlap() : new AgentSpeaking();
    }

    @Override
    TurnState speechStopped(TurnTracker tracker) {
        return new Listening();
    }
}
