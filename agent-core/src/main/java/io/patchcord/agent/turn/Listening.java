package io.patchcord.agent.turn;

/** Nobody speaks; it is the caller's turn. */
final class Listening extends TurnState {

    @Override
    TurnState speechStarted(TurnTracker tracker) {
        return new CallerSpeaking();
    }
}
