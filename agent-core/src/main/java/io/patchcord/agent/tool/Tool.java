package io.patchcord.agent.tool;

import io.patchcord.agent.spi.ToolSpec;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Something that the model can do besides talking. Thread-safe, shared by all calls. */
public interface Tool {

    ToolSpec spec();

    /**
     * Does it; called on the call loop, must not block.
     *
     * @param arguments as the model gave them: strings, numbers, booleans, lists, maps; check them
     * @return completes on any thread with what the model is told, a sentence or JSON
     */
    CompletionStage<String> call(ToolContext context, Map<String, Object> arguments);
}
