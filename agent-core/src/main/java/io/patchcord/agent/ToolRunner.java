package io.patchcord.agent;

import io.patchcord.agent.loop.CallLoop;
import io.patchcord.agent.spi.S2sEvent;
import io.patchcord.agent.tool.Tool;
import io.patchcord.agent.tool.ToolContext;
import io.patchcord.agent.tool.Tools;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the tools that the model calls; whatever goes wrong becomes a sentence for the model. Confined to the call loop. */
final class ToolRunner {

    private static final Logger log = LoggerFactory.getLogger(ToolRunner.class);

    private final Tools tools;
    private final CallLoop loop;
    private final Effects effects;

    /** The call as tools see it, and where their results go. */
    interface Effects extends ToolContext {

        void done(S2sEvent.ToolCall tool, String result);
    }

    ToolRunner(Tools tools, CallLoop loop, Effects effects) {
        this.tools = tools;
        this.loop = loop;
        this.effects = effects;
    }

    void run(S2sEvent.ToolCall request) {
        Optional<Tool> tool = tools.named(request.name());
        if (tool.isEmpty()) {
            effects.done(request, "Not done: there is no tool named " + request.name() + ".");
            return;
        }
        try {
            tool.get().call(effects, request.arguments()).whenComplete((result, error) -> {
                String text = error == null ? result : broken(request, error);
                if (loop.inLoop()) {
                    effects.done(request, text);
                } else {
                    loop.execute(() -> effects.done(request, text));
                }
            });
        } catch (RuntimeException e) {
            effects.done(request, broken(request, e));
        }
    }

    private String broken(S2sEvent.ToolCall request, Throwable error) {
        log.warn("[{}] the tool {} failed", effects.callId(), request.name(), error);
        return "Not done: the tool failed. Tell the caller that it does not work right now.";
    }
}
