package io.patchcord.agent.turn;

/** The caller hears the agent. */
final class AgentSpeaking extends TurnState {

    @Override
    TurnState speechStarted(TurnTracker tracker) {
        return tracker.policy().allowed() ? new Overlap() : this;
    }

    /** The session took a turn that it did not announce as speech, such as a key press. */
    @Override
    TurnState turnEnded(TurnTracker tracker) {
        return this;
    }

    @Override
    TurnState agentStarted(TurnTracker tracker) {
        return this;
    }

    @Override
    TurnState agentFinished(TurnTracker tracker) {
        return new Listening();
    }
}
