package io.patchcord.agent.testing;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.spi.LlmListener;
import io.patchcord.agent.spi.ProviderException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One answer of a {@link ScriptedLlm}: what is told, and when. Made by a chain of steps, each of which waits first if a
 * {@link #after} stands before it. Immutable.
 */
public final class ScriptedReply {

    private final List<Step> steps;

    private ScriptedReply(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /** The text in these pieces at once, and done. */
    public static ScriptedReply of(String... deltas) {
        return text(deltas).done();
    }

    /** The text in these pieces at once; more steps follow, or nothing more ever comes. */
    public static ScriptedReply text(String... deltas) {
        return new ScriptedReply(List.of()).say(deltas);
    }

    /** Nothing at first. */
    public static ScriptedReply nothing() {
        return new ScriptedReply(List.of());
    }

    public ScriptedReply say(String... deltas) {
        ScriptedReply reply = this;
        for (String delta : deltas) {
            reply = reply.then(Duration.ZERO, listener -> listener.onText(delta));
        }
        return reply;
    }

    /** Waits before the next step. */
    public ScriptedReply after(Duration pause) {
        return then(pause, listener -> {});
    }

    public ScriptedReply callTool(String callId, String name, Map<String, Object> arguments) {
        return then(Duration.ZERO, listener -> listener.onToolCall(callId, name, arguments));
    }

    public ScriptedReply done() {
        return then(Duration.ZERO, LlmListener::onDone);
    }

    public ScriptedReply fail(ProviderException error) {
        return then(Duration.ZERO, listener -> listener.onFailed(error));
    }

    /** Tells it all on the loop, at its times; the timers call it off. */
    void play(CallLoop loop, LlmListener listener, List<CallLoop.Timer> timers) {
        long at = loop.nanoTime();
        for (Step step : steps) {
            at += step.pause.toNanos();
            timers.add(loop.scheduleAt(at, () -> step.tell.accept(listener)));
        }
    }

    private ScriptedReply then(Duration pause, Consumer<LlmListener> tell) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(new Step(pause, tell));
        return new ScriptedReply(longer);
    }

    private record Step(Duration pause, Consumer<LlmListener> tell) {}
}
