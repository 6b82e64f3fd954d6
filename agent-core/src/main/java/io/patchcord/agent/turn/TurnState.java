package io.patchcord.agent.turn;

/**
 * Where a conversation stands. Each state answers each event with the next state; what a state does not care about leaves
 * it as it is.
 */
abstract sealed class TurnState permits Listening, CallerSpeaking, Thinking, Resuming, AgentSpeaking, Overlap {

    /** The caller began to speak. */
    TurnState speechStarted(TurnTracker tracker) {
        return this;
    }

    /** The caller paused. */
    TurnState speechStopped(TurnTracker tracker) {
        return this;
    }

    /** The caller's turn is over. */
    TurnState turnEnded(TurnTracker tracker) {
        return new Thinking();
    }

    /** The agent's voice is being heard. */
    TurnState agentStarted(TurnTracker tracker) {
        return new AgentSpeaking();
    }

    /** The agent has said all it had to say. */
    TurnState agentFinished(TurnTracker tracker) {
        return this;
    }

    /** The time that the state asked for on entering has passed. */
    TurnState timeUp(TurnTracker tracker) {
        return this;
    }

    /** Called when the state is entered. */
    void entered(TurnTracker tracker) {}

    @Override
    public String toString() {
        return getClass().getSimpleName();
    }
}
