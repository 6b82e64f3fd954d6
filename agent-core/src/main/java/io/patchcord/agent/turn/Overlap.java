package io.patchcord.agent.turn;

/** Both speak. If the caller goes on for the policy's time the agent yields; if not, it was a cough or an "mhm". */
final class Overlap extends TurnState {

    @Override
    void entered(TurnTracker tracker) {
        tracker.startTimer(tracker.policy().minSpeech());
    }

    @Override
    TurnState speechStopped(TurnTracker tracker) {
        return new AgentSpeaking();
    }

    @Override
    TurnState timeUp(TurnTracker tracker) {
        return tracker.yieldToCaller() ? new CallerSpeaking() : new AgentSpeaking();
    }

    /** A whole turn within the policy's time, such as a quick "stop". */
    @Override
    TurnState turnEnded(TurnTracker tracker) {
        return tracker.yieldToCaller() ? new Thinking() : new AgentSpeaking();
    }

    @Override
    TurnState agentStarted(TurnTracker tracker) {
        return this;
    }

    @Override
    TurnState agentFinished(TurnTracker tracker) {
        return new CallerSpeaking();
    }
}
