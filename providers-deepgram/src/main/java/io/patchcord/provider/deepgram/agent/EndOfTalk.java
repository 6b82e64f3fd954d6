package io.patchcord.provider.deepgram.agent;

import io.patchcord.agent.loop.CallLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Ends a response whose words came before a tool was asked for. The service waits for the tool and does not say whether it has
 * said all that goes before the result; a tool that ends the call would wait for the response's end for ever. Confined to the
 * call loop.
 */
final class EndOfTalk {

    /** The words are complete when nothing more comes for so long. */
    private static final Duration SILENCE = Duration.ofMillis(700);

    private final CallLoop loop;
    private final ToolCalls tools;
    private final AgentTurns turns;
    private CallLoop.@Nullable Timer timer;

    EndOfTalk(CallLoop loop, ToolCalls tools, AgentTurns turns) {
        this.loop = loop;
        this.tools = tools;
        this.turns = turns;
    }

    /** The agent has spoken, or a tool was asked for. */
    void expect() {
        stop();
        if (tools.isRunning()) {
            timer = loop.schedule(turns.ahead().plus(SILENCE), () -> {
                if (tools.isRunning()) {
                    turns.finish();
                }
            });
        }
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
