package io.patchcord.agent.turn;

/** The turn is over and the answer is being made. */
final class Thinking extends TurnState {

    /** The caller goes on: the turn was not over after all. */
    @Override
    TurnState speechStarted(TurnTracker tracker) {
        return tracker.policy().allowed() ? new Resuming() : this;
    }
}
