package io.patchcord.agent.turn;

import io.patchcord.agent.loop.CallLoop;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows whose turn it is, and decides when the agent yields to the caller. The end of a turn is told to it; yielding is
 * its own decision, since only the core knows what is being played.
 *
 * <p>Confined to the call loop.
 */
public final class TurnTracker {

    private static final Logger log = LoggerFactory.getLogger(TurnTracker.class);

    private final CallLoop loop;
    private final Voice voice;
    private BargeInPolicy policy;
    private TurnState state = new Listening();
    private CallLoop.@Nullable Timer timer;

    /** The agent's voice, as far as turns have a say in it. */
    public interface Voice {

        /** Stops speaking; what was not heard is void. */
        void yieldToCaller();

        /** Keeps back what has not begun to be heard. */
        void hold();

        /** Ends {@link #hold}. */
        void release();
    }

    public TurnTracker(CallLoop loop, BargeInPolicy policy, Voice voice) {
        this.loop = loop;
        this.policy = policy;
        this.voice = voice;
    }

    public void speechStarted() {
        apply("speech started", current -> current.speechStarted(this));
    }

    public void speechStopped() {
        apply("speech stopped", current -> current.speechStopped(this));
    }

    public void turnEnded() {
        apply("turn ended", current -> current.turnEnded(this));
    }

    public void agentStarted() {
        apply("agent started", current -> current.agentStarted(this));
    }

    public void agentFinished() {
        apply("agent finished", current -> current.agentFinished(this));
    }

    /** Changes the policy, for example so that a farewell is not interrupted. */
    public void policy(BargeInPolicy newPolicy) {
        policy = newPolicy;
    }

    /** The name of the state, for logs and tests. */
    public String state() {
        return state.toString();
    }

    /** Stops the timer; nothing is decided any more. */
    public void close() {
        policy = BargeInPolicy.NEVER;
        cancelTimer();
    }

    BargeInPolicy policy() {
        return policy;
    }

    void startTimer(Duration delay) {
        timer = loop.schedule(delay, () -> apply("time up", current -> current.timeUp(this)));
    }

    /** Stops the agent's voice, unless the policy has changed meanwhile. */
    boolean yieldToCaller() {
        if (policy.allowed()) {
            voice.yieldToCaller();
        }
        return policy.allowed();
    }

    void holdVoice() {
        voice.hold();
    }

    void releaseVoice() {
        voice.release();
    }

    private void apply(String event, UnaryOperator<TurnState> transition) {
        TurnState before = state;
        TurnState next = transition.apply(before);
        if (next == before) {
            return;
        }
        log.debug("{}: {} -> {}", event, before, next);
        cancelTimer();
        state = next;
        next.entered(this);
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
