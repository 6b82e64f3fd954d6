package io.patchcord.agent.turn;

/**
 * The caller makes a sound before the answer was heard. The voice waits for the policy's time: if the caller goes on, the
 * answer is void and the turn continues; if not, it was a breath and the answer may be heard.
 */
final class Resuming extends TurnState {

    @Override
    void entered(TurnTracker tracker) {
        tracker.holdVoice();
        tracker.startTimer(tracker.policy().minSpeech());
    }

    @Override
    TurnState speechStopped(TurnTracker tracker) {
        tracker.releaseVoice();
        return new Thinking();
    }

    @Override
    TurnState turnEnded(TurnTracker tracker) {
        tracker.yieldToCaller();
        tracker.releaseVoice();
        return new Thinking();
    }

    @Override
    TurnState timeUp(TurnTracker tracker) {
        tracker.yieldToCaller();
        tracker.releaseVoice();
        return new CallerSpeaking();
    }
}
